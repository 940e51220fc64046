/// The types and resources of `flowcontrol.apiserver.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let flowcontrolV1 = #"""
        package io.k8s.api.flowcontrol.v1
        version flowcontrol.apiserver.k8s.io v1
        resource flowschemas FlowSchema cluster singular:flowschema
        subresource flowschemas/status FlowSchema verbs:get,patch,update
        resource prioritylevelconfigurations PriorityLevelConfiguration cluster singular:prioritylevelconfiguration
        subresource prioritylevelconfigurations/status PriorityLevelConfiguration verbs:get,patch,update

        type ExemptPriorityLevelConfiguration  # What an exempt priority level takes from the others.
          lendablePercent int32? @2
            # Percentage of the nominal seats that other levels may borrow, 0 to 100. Defaults to 0.
          nominalConcurrencyShares int32? @1
            # Share of the server's seats reserved for this level, in proportion to the shares of all; its requests are
            # not limited by it. Defaults to 0.

        type FlowDistinguisherMethod  # How requests of one FlowSchema are told apart into flows.
          type! string @1  # ByUser or ByNamespace.

        type FlowSchema kind
          # Assigns requests to a priority level and divides them into flows that are treated fairly.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec FlowSchemaSpec @2  # Which requests match and where they go.
          status FlowSchemaStatus @3  # Whether the schema is usable; written by the system.

        type FlowSchemaCondition  # One aspect of a FlowSchema's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status string @2  # Whether the condition holds: True, False or Unknown.
          type string @1  # Name of the condition, such as Dangling.

        type FlowSchemaList kind  # A list of FlowSchema objects.
          items! [FlowSchema] @2  # The FlowSchema objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type FlowSchemaSpec  # Which requests match and where they go.
          distinguisherMethod FlowDistinguisherMethod @3
            # How matching requests are divided into flows. Unset means one flow for all.
          matchingPrecedence int32? @2
            # Of all matching schemas that with the lowest number wins. 1 to 10000, defaults to 1000.
          priorityLevelConfiguration! PriorityLevelConfigurationReference @1
            # The priority level of matching requests. Without it the schema is ignored.
          rules [PolicyRulesWithSubjects] @4  # Rules of which a request must match at least one. Empty matches nothing.

        type FlowSchemaStatus  # The observed state of a FlowSchema.
          conditions [FlowSchemaCondition] @1 map(type) merge(type)  # The current conditions of the FlowSchema.

        type GroupSubject  # Matches by group.
          name! string @1  # Name of the group; '*' means all.

        type LimitResponse  # What happens to requests for which there is no seat at once.
          queuing QueuingConfiguration @2  # Size of the queues. Only for the type Queue.
          type! string @1  # Queue lets requests wait, Reject refuses them.

        type LimitedPriorityLevelConfiguration
          # How many requests of a level may run at a time and what happens to the others.
          borrowingLimitPercent int32? @4
            # How many seats the level may borrow from others, as a percentage of its nominal seats; may exceed 100.
            # Unset means no limit.
          lendablePercent int32? @3
            # Percentage of the nominal seats that other levels may borrow, 0 to 100. Defaults to 0.
          limitResponse LimitResponse @2  # What happens to requests for which there is no seat.
          nominalConcurrencyShares int32? @1
            # Share of the server's seats for this level, in proportion to the shares of all. 0 holds requests up.
            # Defaults to 30.

        type NonResourcePolicyRule  # Matches requests to paths that are not resources, if a verb and a path match.
          nonResourceURLs! [string] @6 set
            # URL paths, such as /healthz, or /healthz/* for all below it; '*' alone means all.
          verbs! [string] @1 set  # Verbs; '*' alone means all.

        type PolicyRulesWithSubjects
          # Matches requests of certain users for certain things: a subject and one of the rules have to match.
          nonResourceRules [NonResourcePolicyRule] @3  # Requests to paths that are not resources.
          resourceRules [ResourcePolicyRule] @2  # Requests for resources. At least one of the two lists is not empty.
          subjects! [Subject] @1  # Users, groups and service accounts, of which one must have made the request.

        type PriorityLevelConfiguration kind  # A class of requests that has its own share of the API server's capacity.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec PriorityLevelConfigurationSpec @2  # Whether and how the level is limited.
          status PriorityLevelConfigurationStatus @3  # State of the level; written by the system.

        type PriorityLevelConfigurationCondition
          # One aspect of a priority level's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status string @2  # Whether the condition holds: True, False or Unknown.
          type string @1  # Name of the condition.

        type PriorityLevelConfigurationList kind  # A list of PriorityLevelConfiguration objects.
          items! [PriorityLevelConfiguration] @2  # The PriorityLevelConfiguration objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type PriorityLevelConfigurationReference  # Names a priority level.
          name! string @1  # Name of the PriorityLevelConfiguration.

        type PriorityLevelConfigurationSpec  # Whether and how a priority level is limited.
          exempt ExemptPriorityLevelConfiguration @3
            # What an exempt level takes from others. Only for the type Exempt.
          limited LimitedPriorityLevelConfiguration @2
            # How requests are limited. Required for the type Limited, and only allowed there.
          type! string @1  # Limited, or Exempt for requests that never wait.

        type PriorityLevelConfigurationStatus  # The observed state of a priority level.
          conditions [PriorityLevelConfigurationCondition] @1 map(type) merge(type)
            # The current conditions of the priority level.

        type QueuingConfiguration  # The queues of a priority level.
          handSize int32? @2
            # Out of how many queues, chosen by a hash of its flow, a request gets the shortest. Well below queues, so
            # that few heavy flows do not block the others. Defaults to 8.
          queueLengthLimit int32? @3
            # How many requests may wait in a queue; further ones are rejected. Defaults to 50.
          queues int32? @1  # Number of queues in each API server. With 1 flows are not told apart. Defaults to 64.

        type ResourcePolicyRule  # Matches requests for resources if verb, group, resource and namespace match.
          apiGroups! [string] @2 set  # API groups; '*' alone means all.
          clusterScope bool @4  # Also matches requests without a namespace. If false namespaces must not be empty.
          namespaces [string] @5 set  # Namespaces; '*' means all, but not requests without one.
          resources! [string] @3 set  # Resources, or resource/subresource, such as nodes/status; '*' alone means all.
          verbs! [string] @1 set  # Verbs; '*' alone means all.

        type ServiceAccountSubject  # Matches by service account.
          name! string @2  # Name of the service account; '*' means all of the namespace.
          namespace! string @1  # Namespace of the service account.

        type Subject  # Who made a request. Besides kind the field that matches it is set.
          group GroupSubject @3  # Matches by group.
          kind! string @1  # User, Group or ServiceAccount.
          serviceAccount ServiceAccountSubject @4  # Matches by service account.
          user UserSubject @2  # Matches by user name.

        type UserSubject  # Matches by user name.
          name! string @1  # Name of the user; '*' means all.
        """#
}
