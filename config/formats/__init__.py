"""How numbers are written, where Django's own choice for a language is not our readers' (FORMAT_MODULE_PATH)."""
