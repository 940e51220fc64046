import KubeAPI

/// The roles and bindings every cluster starts with, by Kubernetes' names and contents.
///
/// Written as text, one rule a line: `verbs | groups | resources [| names]`, or `verbs | paths`. `core` is the core group,
/// the path `*/` is every path.
package enum DefaultRoles {
    package struct Role: Sendable {
        package let name: String
        var rules: String
        /// The roles that take its rules in.
        var aggregatesTo: [String] = []
        /// Whose rules it has, by the same words; it has none of its own then.
        var aggregatesFrom: [String] = []

        init(_ name: String, _ rules: String) {
            self.name = name
            self.rules = rules
        }
    }

    package struct Binding: Sendable {
        package let name: String
        package let role: String
        let users: [String]
        let groups: [String]
        let accounts: [(namespace: String, name: String)]

        init(
            _ name: String, role: String? = nil, users: [String] = [], groups: [String] = [],
            accounts: [(namespace: String, name: String)] = []
        ) {
            self.name = name
            self.role = role ?? name
            self.users = users
            self.groups = groups
            self.accounts = accounts
        }
    }

    package static let clusterRoles: [Role] = read(kubernetesRoles) + read(controllerRoles) + ownRoles

    /// Roles that Kubernetes has not, or that are written by hand here.
    private static let ownRoles: [Role] = [
        Role(
            "system:node",
            """
            create | authentication.k8s.io | tokenreviews
            create | authorization.k8s.io | localsubjectaccessreviews,subjectaccessreviews
            get,list,watch | core | services
            get | core | endpoints
            create,get,list,watch | core | nodes
            patch,update | core | nodes,nodes/status
            create,patch,update | core,events.k8s.io | events
            get,list,watch | core | pods
            create,delete | core | pods
            patch,update | core | pods/status
            create | core | pods/eviction
            get,list,watch | core | configmaps,secrets
            get | core | persistentvolumeclaims,persistentvolumes
            get,patch,update | core | persistentvolumeclaims/status
            get | core | serviceaccounts
            create | core | serviceaccounts/token
            create,get,list,watch | certificates.k8s.io | certificatesigningrequests,podcertificaterequests
            get,list,watch | certificates.k8s.io | clustertrustbundles
            create,delete,get,patch,update | coordination.k8s.io | leases
            get,list,watch | node.k8s.io | runtimeclasses
            get | storage.k8s.io | volumeattachments
            get,list,watch | storage.k8s.io | csidrivers
            create,delete,get,patch,update | storage.k8s.io | csinodes
            get | resource.k8s.io | resourceclaims
            deletecollection | resource.k8s.io | resourceslices

            """),
        metricsReader, modelViewer, modelEditor, readinessApprover,
        // Every node answers DNS for its pods; of the cluster it needs no more than Services' and namespaces' names.
        Role("gantry:node-dns", "list,watch | core | namespaces\n"),
        // The controllers run as one, so this role is the union of what each needs.
        Role(
            "gantry:controllers",
            """
            * | * | *
            get | /api,/api/*,/apis,/apis/*,/openapi/*,/version

            """),
    ]

    /// Whoever may look at pods may see what they use. Kubernetes' metrics-server brings this role along.
    private static let metricsReader: Role = {
        var role = Role("system:aggregated-metrics-reader", "get,list,watch | metrics.k8s.io | nodes,pods\n")
        role.aggregatesTo = ["view", "edit", "admin"]
        return role
    }()

    private static let modelViewer = role(
        "gantry:aggregate-to-view", to: "view",
        """
        get,list,watch | gantry.dev | modelservices,modelservices/status,readinessexceptions
        get,list,watch | inference.networking.k8s.io | inferencepools,inferencepools/status
        get,list,watch | gateway.networking.k8s.io | httproutes,httproutes/status

        """)

    private static let modelEditor = role(
        "gantry:aggregate-to-edit", to: "edit",
        """
        create,delete,deletecollection,patch,update | gantry.dev | modelservices
        create,delete,deletecollection,patch,update | inference.networking.k8s.io | inferencepools
        create,delete,deletecollection,patch,update | gateway.networking.k8s.io | httproutes

        """)

    /// Whoever only edits does not excuse what a launch review finds in it.
    private static let readinessApprover = role(
        "gantry:aggregate-to-admin", to: "admin",
        "create,delete,deletecollection,patch,update | gantry.dev | readinessexceptions\n")

    private static func role(_ name: String, to target: String, _ rules: String) -> Role {
        var role = Role(name, rules)
        role.aggregatesTo = [target]
        return role
    }

    /// Reads `role NAME to:X from:X` with the rules of each below it.
    private static func read(_ text: String) -> [Role] {
        var roles: [Role] = []
        for line in text.split(separator: "\n") {
            guard line.hasPrefix("role ") else {
                if let last = roles.indices.last { roles[last].rules += line + "\n" }
                continue
            }
            let words = line.split(separator: " ").dropFirst().map(String.init)
            var role = Role(words[0], "")
            for word in words.dropFirst() {
                if word.hasPrefix("to:") { role.aggregatesTo.append(String(word.dropFirst(3))) }
                if word.hasPrefix("from:") { role.aggregatesFrom.append(String(word.dropFirst(5))) }
            }
            roles.append(role)
        }
        return roles
    }

    /// What the Node authorizer grants every node, but for the resources of which it grants each node its part.
    static var nodeRules: [PolicyRule] { clusterRoles.first { $0.name == "system:node" }?.object.rules ?? [] }

    package static let clusterRoleBindings: [Binding] = componentBindings + controllerBindings

    /// Each controller's role belongs to the account under which Kubernetes runs that controller.
    private static let controllerBindings: [Binding] = read(controllerRoles).map { role in
        let account = String(role.name.dropFirst("system:controller:".count))
        return Binding(role.name, accounts: [("kube-system", account)])
    }

    private static let componentBindings: [Binding] = [
        Binding("cluster-admin", groups: ["system:masters"]),
        Binding("system:discovery", groups: ["system:authenticated"]),
        Binding("system:basic-user", groups: ["system:authenticated"]),
        Binding("system:public-info-viewer", groups: ["system:authenticated", "system:unauthenticated"]),
        Binding("system:monitoring", groups: ["system:monitoring"]),
        Binding("system:service-account-issuer-discovery", groups: ["system:serviceaccounts"]),
        Binding("system:node-proxier", users: ["system:kube-proxy"]),
        Binding("system:kube-dns", users: ["system:kube-dns"], accounts: [("kube-system", "kube-dns")]),
        Binding("system:kube-scheduler", users: ["system:kube-scheduler"]),
        Binding("system:volume-scheduler", users: ["system:kube-scheduler"]),
        Binding("system:kube-controller-manager", users: ["system:kube-controller-manager"]),
        Binding("gantry:controllers", users: ["system:kube-controller-manager"]),
        // The role is the Node authorizer's; bound to the group it would let each node read what any node may.
        Binding("system:node"),
        // Each node has its own service proxy, DNS and routes to the others, under the node's name.
        Binding("gantry:node-proxier", role: "system:node-proxier", groups: ["system:nodes"]),
        Binding("gantry:node-dns", role: "gantry:node-dns", groups: ["system:nodes"]),
        Binding("gantry:kubelet-api", role: "system:kubelet-api-admin", users: ["kube-apiserver-kubelet-client"]),
        Binding("gantry:node-bootstrap", role: "system:node-bootstrapper", groups: ["system:bootstrappers"]),
        Binding(
            "gantry:node-autoapprove-bootstrap",
            role: "system:certificates.k8s.io:certificatesigningrequests:nodeclient", groups: ["system:bootstrappers"]),
        Binding(
            "gantry:node-autoapprove-renewal",
            role: "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", groups: ["system:nodes"]),
    ]
}
