/// What applies to namespaces without labels, and to whom no standard applies.
package struct PodSecurityConfiguration: Hashable, Sendable {
    package var defaults = PodSecurityPolicy()
    package var exemptUsers: Set<String> = []
    package var exemptNamespaces: Set<String> = []
    package var exemptRuntimeClasses: Set<String> = []

    package init() {}
}
