/// The types and resources of `flowcontrol.apiserver.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let flowcontrolV1 = #"""
        package io.k8s.api.flowcontrol.v1
        version flowcontrol.apiserver.k8s.io v1
        resource flowschemas FlowSchema cluster singular:flowschema
        subresource flowschemas/status FlowSchema verbs:get,patch,update
        resource prioritylevelconfigurations PriorityLevelConfiguration cluster singular:prioritylevelconfiguration
        subresource prioritylevelconfigurations/status PriorityLevelConfiguration verbs:get,patch,update

        type ExemptPriorityLevelConfiguration
          lendablePercent int32 @2
          nominalConcurrencyShares int32 @1

        type FlowDistinguisherMethod
          type! string @1

        type FlowSchema kind
          metadata ObjectMeta @1
          spec FlowSchemaSpec @2
          status FlowSchemaStatus @3

        type FlowSchemaCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status string @2
          type string @1

        type FlowSchemaList kind
          items! [FlowSchema] @2
          metadata ListMeta @1

        type FlowSchemaSpec
          distinguisherMethod FlowDistinguisherMethod @3
          matchingPrecedence int32 @2
          priorityLevelConfiguration! PriorityLevelConfigurationReference @1
          rules [PolicyRulesWithSubjects] @4

        type FlowSchemaStatus
          conditions [FlowSchemaCondition] @1 map(type) merge(type)

        type GroupSubject
          name! string @1

        type LimitResponse
          queuing QueuingConfiguration @2
          type! string @1

        type LimitedPriorityLevelConfiguration
          borrowingLimitPercent int32 @4
          lendablePercent int32 @3
          limitResponse LimitResponse @2
          nominalConcurrencyShares int32 @1

        type NonResourcePolicyRule
          nonResourceURLs! [string] @6 set
          verbs! [string] @1 set

        type PolicyRulesWithSubjects
          nonResourceRules [NonResourcePolicyRule] @3
          resourceRules [ResourcePolicyRule] @2
          subjects! [Subject] @1

        type PriorityLevelConfiguration kind
          metadata ObjectMeta @1
          spec PriorityLevelConfigurationSpec @2
          status PriorityLevelConfigurationStatus @3

        type PriorityLevelConfigurationCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status string @2
          type string @1

        type PriorityLevelConfigurationList kind
          items! [PriorityLevelConfiguration] @2
          metadata ListMeta @1

        type PriorityLevelConfigurationReference
          name! string @1

        type PriorityLevelConfigurationSpec
          exempt ExemptPriorityLevelConfiguration @3
          limited LimitedPriorityLevelConfiguration @2
          type! string @1

        type PriorityLevelConfigurationStatus
          conditions [PriorityLevelConfigurationCondition] @1 map(type) merge(type)

        type QueuingConfiguration
          handSize int32 @2
          queueLengthLimit int32 @3
          queues int32 @1

        type ResourcePolicyRule
          apiGroups! [string] @2 set
          clusterScope bool @4
          namespaces [string] @5 set
          resources! [string] @3 set
          verbs! [string] @1 set

        type ServiceAccountSubject
          name! string @2
          namespace! string @1

        type Subject
          group GroupSubject @3
          kind! string @1
          serviceAccount ServiceAccountSubject @4
          user UserSubject @2

        type UserSubject
          name! string @1
        """#
}
