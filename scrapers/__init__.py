"""The sources: HTTP in, documents out. The only place that knows requests and BeautifulSoup."""
