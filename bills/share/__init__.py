"""What is taken away from a bill's page: card, badge, picture, citation, feed, calendar. All say the same."""
