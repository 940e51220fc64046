/// What kube-apiserver 1.36.2 over etcd answered to gantry's clients, cut to what matters.
enum Recording {
    static let success = #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}"#

    static func status(_ code: Int, _ reason: String, _ message: String) -> String {
        #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"\#(quoted(message))","#
            + #""reason":"\#(reason)","code":\#(code)}"#
    }

    static func list(_ items: [String], version: String, continuing token: String? = nil) -> String {
        let more = token.map { #","continue":"\#($0)","remainingItemCount":1"# } ?? ""
        return #"{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"\#(version)"\#(more)},"#
            + #""items":[\#(items.joined(separator: ","))]}"#
    }

    /// A pod of a list; upstream leaves kind and version out there.
    static func pod(_ name: String, version: String, node: String? = nil) -> String {
        let placed = node.map { #""nodeName":"\#($0)","# } ?? ""
        return #"{"metadata":{"name":"\#(name)","namespace":"default","uid":"uid-\#(name)","#
            + #""resourceVersion":"\#(version)","generation":1,"creationTimestamp":"2026-11-21T22:41:47Z","#
            + #""labels":{"app":"web"},"managedFields":[{"manager":"gantry-controllers","operation":"Update","#
            + #""apiVersion":"v1","time":"2026-11-21T22:41:47Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]},"#
            + #""spec":{\#(placed)"containers":[{"name":"app","image":"example.com/app:1","resources":{},"#
            + #""imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","schedulerName":"default-scheduler","#
            + #""tolerations":[],"priority":0,"preemptionPolicy":"PreemptLowerPriority"},"#
            + #""status":{"phase":"Pending","qosClass":"BestEffort"}}"#
    }

    static func event(_ type: String, _ object: String) -> String { #"{"type":"\#(type)","object":\#(object)}"# }

    static func bookmark(_ version: String) -> String {
        event(
            "BOOKMARK",
            #"{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"\#(version)"},"#
                + #""spec":{"containers":null},"status":{}}"#)
    }

    static let replicaSet = """
        {"metadata":{"name":"web-68ffc45d7f","namespace":"default","uid":"37994ff2-f2a5-4ee3-8bf0-954874f853ec",\
        "resourceVersion":"311","generation":1,"creationTimestamp":"2026-11-21T22:41:47Z",\
        "labels":{"app":"web"}},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},\
        "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app",\
        "image":"example.com/app:1","resources":{}}],"restartPolicy":"Always","dnsPolicy":"ClusterFirst",\
        "securityContext":{},"schedulerName":"default-scheduler"}}},"status":{"replicas":0}}
        """

    static let node = """
        {"metadata":{"name":"fake-0","uid":"node-uid","resourceVersion":"290",\
        "creationTimestamp":"2026-11-21T22:41:08Z","labels":{"kubernetes.io/hostname":"fake-0"}},"spec":{},\
        "status":{"capacity":{"cpu":"32","memory":"256Gi","pods":"110"},\
        "allocatable":{"cpu":"32","memory":"256Gi","pods":"110"},\
        "conditions":[{"type":"Ready","status":"True"}]}}
        """

    static let versions = """
        {"kind":"APIVersions","versions":["v1"],\
        "serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"192.0.2.2:27443"}]}
        """

    static let groups = """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[\
        {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}],\
        "preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},\
        {"name":"autoscaling","versions":[{"groupVersion":"autoscaling/v2","version":"v2"},\
        {"groupVersion":"autoscaling/v1","version":"v1"}],\
        "preferredVersion":{"groupVersion":"autoscaling/v2","version":"v2"}},\
        {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}],\
        "preferredVersion":{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}}]}
        """

    /// - Parameter entries: resources with their kinds.
    static func resources(_ version: String, _ entries: [(name: String, kind: String)]) -> String {
        let all = entries.map { entry in
            #"{"name":"\#(entry.name)","singularName":"","namespaced":true,"kind":"\#(entry.kind)","#
                + #""verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"#
                + #""storageVersionHash":"85nkx63pcBU="}"#
        }
        return #"{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"\#(version)","#
            + #""resources":[\#(all.joined(separator: ","))]}"#
    }

    private static func quoted(_ text: String) -> String { text.replacing("\"", with: "\\\"") }
}
