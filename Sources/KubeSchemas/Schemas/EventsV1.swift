/// The types and resources of `events.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let eventsV1 = #"""
        package io.k8s.api.events.v1
        version events.k8s.io v1
        resource events Event namespaced singular:event short:ev

        type Event kind
          action string @6
          deprecatedCount int32 @15
          deprecatedFirstTimestamp time @13
          deprecatedLastTimestamp time @14
          deprecatedSource core.v1.EventSource @12
          eventTime! microtime @2
          metadata ObjectMeta @1
          note string @10
          reason string @7
          regarding core.v1.ObjectReference @8
          related core.v1.ObjectReference @9
          reportingController string @4
          reportingInstance string @5
          series EventSeries @3
          type string @11

        type EventList kind
          items! [Event] @2
          metadata ListMeta @1

        type EventSeries
          count! int32 @1
          lastObservedTime! microtime @2
        """#
}
