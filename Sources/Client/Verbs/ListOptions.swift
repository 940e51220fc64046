/// What to list: everything of a kind, narrowed.
package struct ListOptions: Sendable {
    /// `nil` lists all namespaces.
    package var namespace: String?
    package var labelSelector: String?
    package var fieldSelector: String?
    /// The most objects to return; the list tells where to go on.
    package var limit: Int?
    package var continueToken: String?
    /// `nil` is the most recent state; `"0"` any state the server has at hand.
    package var resourceVersion: String?

    package init(
        namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil, limit: Int? = nil,
        continueToken: String? = nil, resourceVersion: String? = nil
    ) {
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.limit = limit
        self.continueToken = continueToken
        self.resourceVersion = resourceVersion
    }

    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let labelSelector { query.append(("labelSelector", labelSelector)) }
        if let fieldSelector { query.append(("fieldSelector", fieldSelector)) }
        if let limit { query.append(("limit", String(limit))) }
        if let continueToken { query.append(("continue", continueToken)) }
        if let resourceVersion { query.append(("resourceVersion", resourceVersion)) }
        return query
    }
}

/// What to watch, and from where.
package struct WatchOptions: Sendable {
    /// `nil` watches all namespaces.
    package var namespace: String?
    package var labelSelector: String?
    package var fieldSelector: String?
    /// Events after this version; `nil` starts with an event for every object that exists.
    package var resourceVersion: String?
    /// Ask for events that carry nothing but a newer version to resume from.
    package var allowBookmarks: Bool
    /// When the server ends the watch.
    package var timeoutSeconds: Int?

    package init(
        namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil,
        resourceVersion: String? = nil, allowBookmarks: Bool = true, timeoutSeconds: Int? = nil
    ) {
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.resourceVersion = resourceVersion
        self.allowBookmarks = allowBookmarks
        self.timeoutSeconds = timeoutSeconds
    }

    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = [("watch", "true")]
        if let labelSelector { query.append(("labelSelector", labelSelector)) }
        if let fieldSelector { query.append(("fieldSelector", fieldSelector)) }
        if let resourceVersion { query.append(("resourceVersion", resourceVersion)) }
        if allowBookmarks { query.append(("allowWatchBookmarks", "true")) }
        if let timeoutSeconds { query.append(("timeoutSeconds", String(timeoutSeconds))) }
        return query
    }
}
