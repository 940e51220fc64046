/// The roles and bindings every cluster starts with, by Kubernetes' names and contents.
///
/// Written as text, one rule a line: `verbs | groups | resources [| names]`, or `verbs | paths`. `core` is the core group,
/// the path `*/` is every path.
enum DefaultRoles {
    struct Role: Sendable {
        let name: String
        let rules: String
        var aggregatesTo: String?

        init(_ name: String, _ rules: String, aggregatesTo: String? = nil) {
            self.name = name
            self.rules = rules
            self.aggregatesTo = aggregatesTo
        }
    }

    struct Binding: Sendable {
        let name: String
        let role: String
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

    private static let events = "create,patch,update | core,events.k8s.io | events\n"

    /// What a workload's owner works with, as `view`, `edit` and `admin` grant it.
    private static let viewed = """
        get,list,watch | core | configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status
        get,list,watch | core | bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status
        get,list,watch | core | namespaces
        get,list,watch | discovery.k8s.io | endpointslices
        get,list,watch | apps | controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status
        get,list,watch | autoscaling | horizontalpodautoscalers,horizontalpodautoscalers/status
        get,list,watch | batch | cronjobs,cronjobs/status,jobs,jobs/status
        get,list,watch | policy | poddisruptionbudgets,poddisruptionbudgets/status
        get,list,watch | networking.k8s.io | ingresses,ingresses/status,networkpolicies
        get,list,watch | events.k8s.io | events

        """

    private static let edited = """
        get,list,watch | core | pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy
        impersonate | core | serviceaccounts
        create,delete,deletecollection,patch,update | core | pods,pods/attach,pods/exec,pods/portforward,pods/proxy
        create | core | pods/eviction
        create,delete,deletecollection,patch,update | core | configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy
        create | core | serviceaccounts/token
        create,delete,deletecollection,patch,update | apps | daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale
        create,delete,deletecollection,patch,update | autoscaling | horizontalpodautoscalers
        create,delete,deletecollection,patch,update | batch | cronjobs,jobs
        create,delete,deletecollection,patch,update | policy | poddisruptionbudgets
        create,delete,deletecollection,patch,update | networking.k8s.io | ingresses,networkpolicies
        create,delete,deletecollection,get,list,patch,update,watch | coordination.k8s.io | leases

        """

    private static let administered = """
        create | authorization.k8s.io | localsubjectaccessreviews
        create,delete,deletecollection,get,list,patch,update,watch | rbac.authorization.k8s.io | rolebindings,roles

        """

    private static let discovery = """
        get | /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/

        """

    static let clusterRoles: [Role] = [
        Role("cluster-admin", "* | * | *\n* | */\n"),
        Role("system:discovery", discovery),
        Role("system:public-info-viewer", "get | /healthz,/livez,/readyz,/version,/version/\n"),
        Role(
            "system:basic-user",
            """
            create | authorization.k8s.io | selfsubjectaccessreviews,selfsubjectrulesreviews
            create | authentication.k8s.io | selfsubjectreviews

            """),
        Role(
            "system:monitoring", "get | /healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*\n"),
        Role("view", viewed, aggregatesTo: "edit"),
        Role("edit", viewed + edited, aggregatesTo: "admin"),
        Role("admin", viewed + edited + administered),
        Role(
            "system:service-account-issuer-discovery",
            "get | /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/\n"
        ),
        Role(
            "system:auth-delegator",
            """
            create | authentication.k8s.io | tokenreviews
            create | authorization.k8s.io | subjectaccessreviews

            """),
        Role(
            "system:kubelet-api-admin",
            "get,list,watch | core | nodes\nproxy | core | nodes\n* | core | nodes/log,nodes/metrics,nodes/proxy,nodes/stats\n"
        ),
        Role("system:node-bootstrapper", "create,get,list,watch | certificates.k8s.io | certificatesigningrequests\n"),
        Role(
            "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
            "create | certificates.k8s.io | certificatesigningrequests/nodeclient\n"),
        Role(
            "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
            "create | certificates.k8s.io | certificatesigningrequests/selfnodeclient\n"),
        Role(
            "system:node",
            """
            create | authentication.k8s.io | tokenreviews
            create | authorization.k8s.io | localsubjectaccessreviews,subjectaccessreviews
            get,list,watch | core | services
            create,get,list,watch | core | nodes
            patch,update | core | nodes,nodes/status
            create,patch,update | core,events.k8s.io | events
            get,list,watch | core | pods
            create,delete | core | pods
            patch,update | core | pods/status
            create | core | pods/eviction
            get,list,watch | core | configmaps,secrets
            get | core | persistentvolumeclaims,persistentvolumes
            get,list,watch | core | serviceaccounts
            create | core | serviceaccounts/token
            create,get,list,watch | certificates.k8s.io | certificatesigningrequests
            create,delete,get,patch,update | coordination.k8s.io | leases
            get,list,watch | node.k8s.io | runtimeclasses

            """),
        Role(
            "system:node-proxier",
            "list,watch | core | endpoints,services\nget,list,watch | core | nodes\nlist,watch | discovery.k8s.io | endpointslices\n"
                + events),
        Role(
            "system:kube-dns",
            "list,watch | core | endpoints,services,namespaces,pods\nlist,watch | discovery.k8s.io | endpointslices\n"),
        Role(
            "system:kube-scheduler",
            events + """
                create,get,list,patch,update,watch | coordination.k8s.io | leases
                get,list,watch | core | nodes,namespaces,replicationcontrollers,services,persistentvolumeclaims,persistentvolumes
                delete,get,list,watch | core | pods
                create | core | bindings,pods/binding
                patch,update | core | pods/status
                get,list,watch | apps | replicasets,statefulsets
                get,list,watch | policy | poddisruptionbudgets
                create | authentication.k8s.io | tokenreviews
                create | authorization.k8s.io | subjectaccessreviews

                """),
        // The controllers run as one, so this role is the union of what each needs.
        Role(
            "system:kube-controller-manager",
            events + """
                * | * | *
                get | /api,/api/*,/apis,/apis/*,/openapi/*,/version

                """),
    ]

    static let clusterRoleBindings: [Binding] = [
        Binding("cluster-admin", groups: ["system:masters"]),
        Binding("system:discovery", groups: ["system:authenticated"]),
        Binding("system:basic-user", groups: ["system:authenticated"]),
        Binding("system:public-info-viewer", groups: ["system:authenticated", "system:unauthenticated"]),
        Binding("system:monitoring", groups: ["system:monitoring"]),
        Binding("system:service-account-issuer-discovery", groups: ["system:serviceaccounts"]),
        Binding("system:node-proxier", users: ["system:kube-proxy"]),
        Binding("system:kube-dns", users: ["system:kube-dns"], accounts: [("kube-system", "kube-dns")]),
        Binding("system:kube-scheduler", users: ["system:kube-scheduler"]),
        Binding("system:kube-controller-manager", users: ["system:kube-controller-manager"]),
        Binding("system:node", groups: ["system:nodes"]),
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
