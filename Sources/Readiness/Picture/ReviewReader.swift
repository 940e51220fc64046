import Client
import KubeAPI
import Machinery

/// Takes the picture of a namespace: lists over the API. Of Secrets it reads the metadata alone.
package struct ReviewReader: Sendable {
    private let client: Client

    package init(_ client: Client) { self.client = client }

    package func read(_ namespace: String, now: Timestamp) async throws(StatusError) -> ReviewPicture {
        var within = ListOptions()
        within.namespace = namespace
        let inside = within
        async let nodes = list(Node.self, ListOptions())
        async let deployments = list(Deployment.self, inside)
        async let sets = list(StatefulSet.self, inside)
        async let quotas = list(ResourceQuota.self, inside)
        async let ranges = list(LimitRange.self, inside)
        async let policies = list(NetworkPolicy.self, inside)
        async let accounts = list(ServiceAccount.self, inside)
        async let roles = list(Role.self, inside)
        async let bindings = list(RoleBinding.self, inside)
        async let clusterRoles = list(ClusterRole.self, ListOptions())
        async let clusterBindings = list(ClusterRoleBinding.self, ListOptions())
        async let services = list(ReviewedService.self, inside)
        async let exceptions = list(ReadinessException.self, inside)
        async let secrets = secrets(inside)
        var picture = ReviewPicture(namespace: namespace, now: now)
        var gaps: [String] = []
        func take<T>(_ answer: (items: [T], gap: String?)) -> [T] {
            if let gap = answer.gap { gaps.append(gap) }
            return answer.items
        }
        picture.namespace = try await client.get(Namespace.self, ObjectKey(namespace: "", name: namespace))
        picture.nodes = take(await nodes)
        picture.deployments = take(await deployments)
        picture.statefulSets = take(await sets)
        picture.quotas = take(await quotas)
        picture.limitRanges = take(await ranges)
        picture.policies = take(await policies)
        picture.accounts = take(await accounts)
        picture.roles = take(await roles)
        picture.roleBindings = take(await bindings)
        picture.clusterRoles = take(await clusterRoles)
        picture.clusterRoleBindings = take(await clusterBindings)
        picture.services = take(await services)
        picture.exceptions = take(await exceptions)
        picture.secrets = take(await secrets)
        for grouping in CostGroupsCheck.groupings {
            switch await cost(namespace, grouping) {
            case .success(let report): picture.costs[grouping] = report
            case .failure(let error): gaps.append("cost by \(grouping): \(error.message)")
            }
        }
        picture.gaps = gaps
        return picture
    }

    private func list<T: KubeObject & Sendable>(
        _: T.Type, _ options: ListOptions
    ) async -> (items: [T], gap: String?) {
        do throws(StatusError) {
            return (try await client.list(T.self, options).items, nil)
        } catch {
            return ([], "\(T.resource.resource): \(error.message)")
        }
    }

    private func secrets(_ options: ListOptions) async -> (items: [ObjectMeta], gap: String?) {
        do throws(StatusError) {
            let list = try await client.resource(Secret.resource).metadata.list(options)
            return (list.items.map { ObjectMeta($0["metadata"]) }, nil)
        } catch {
            return ([], "secrets: \(error.message)")
        }
    }

    private func cost(_ namespace: String, _ grouping: String) async -> Result<JSONObject, StatusError> {
        do throws(StatusError) {
            return .success(
                try await client.get(
                    path: ["gantry", "v1", "cost"],
                    query: [(name: "by", value: grouping), (name: "namespace", value: namespace)]))
        } catch {
            return .failure(error)
        }
    }
}
