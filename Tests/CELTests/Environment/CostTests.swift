import CEL
import Machinery
import Testing

@Suite("Costs")
struct CostTests {
    /// What calls of library functions cost: the least and the most estimated, and what they did cost.
    ///
    /// The numbers are those of Kubernetes; constants are not computed beforehand here, as in its own measurements.
    @Test(
        "A library function costs what it costs in Kubernetes",
        arguments: Case.table(
            #"""
            authorizer.path('/healthz') => 2 2 2
            authorizer.group('apps').resource('deployments').subresource('status').namespace('test').name('backend') => 6 6 6
            authorizer.path('/healthz').check('get').allowed() => 350003 350003 350003
            quantity("12Mi") => 1 1 1
            isQuantity("20") => 1 1 1
            isQuantity("20M") => 1 1 1
            quantity("200M") == quantity("200M") => 3 3 3
            quantity("200M") == quantity("0.2G") && quantity("0.2G") == quantity("200M") => 3 6 6
            quantity("2M") == quantity("0.002G") && quantity("2000k") == quantity("2M") && quantity("0.002G") == quantity("2000k") => 3 9 9
            quantity("50M").isLessThan(quantity("50Mi")) => 3 3 3
            quantity("50Mi").isGreaterThan(quantity("50M")) => 3 3 3
            quantity("200M").compareTo(quantity("0.2G")) > 0 => 4 4 4
            quantity("50k").add(quantity("20")) == quantity("50.02k") => 5 5 5
            quantity("50k").sub(quantity("20")) == quantity("49.98k") => 5 5 5
            quantity("50k").sub(20) == quantity("49980") => 4 4 4
            quantity("50k").add(20).sub(quantity("100k")).asInteger() > 0 => 6 6 6
            quantity("50k").add(20).sub(quantity("100k")).sub(-50000).asInteger() > 0 => 7 7 7
            quantity("50k").asInteger() > 0 => 3 3 3
            quantity("50").isInteger() => 2 2 2
            quantity("50.703k").asApproximateFloat() > 0.0 => 3 3 3
            format.named("dns1123subdomain") => 1 1 1
            format.named("dns1123Subdomain").value().validate("my-name") => 34 34 17
            format.named("dns1123Label").value().validate("my-name") => 34 34 10
            format.named("dns1123Label").value() == format.named("dns1123Label").value() => 5 11 5
            sets.contains([], []) => 21 21 21
            sets.contains([1], []) => 21 21 21
            sets.contains([1], [1]) => 22 22 22
            sets.contains([1], [1, 1]) => 23 23 23
            sets.contains([1, 1], [1]) => 23 23 23
            sets.contains([2, 1], [1]) => 23 23 23
            sets.contains([1, 2, 3, 4], [2, 3]) => 29 29 29
            sets.contains([1], [1.0, 1]) => 23 23 23
            sets.contains([1, 2], [2u, 2.0]) => 25 25 25
            sets.contains([1, 2u], [2, 2.0]) => 25 25 25
            sets.contains([1, 2.0, 3u], [1.0, 2u, 3]) => 30 30 30
            sets.contains([[1], [2, 3]], [[2, 3.0]]) => 53 53 53
            !sets.contains([1], [2]) => 23 23 23
            !sets.contains([1], [1, 2]) => 24 24 24
            !sets.contains([1], ["1", 1]) => 24 24 24
            !sets.contains([1], [1.1, 1u]) => 24 24 24
            sets.equivalent([], []) => 21 21 21
            sets.equivalent([1], [1]) => 23 23 23
            sets.equivalent([1], [1, 1]) => 25 25 25
            sets.equivalent([1, 1], [1]) => 25 25 25
            sets.equivalent([1], [1u, 1.0]) => 25 25 25
            sets.equivalent([1, 2, 3], [3u, 2.0, 1]) => 39 39 39
            sets.equivalent([[1.0], [2, 3]], [[1], [2, 3.0]]) => 69 69 69
            !sets.equivalent([2, 1], [1]) => 26 26 26
            !sets.equivalent([1], [1, 2]) => 26 26 26
            !sets.equivalent([1, 2], [2u, 2, 2.0]) => 34 34 34
            !sets.equivalent([1, 2], [1u, 2, 2.3]) => 34 34 34
            sets.intersects([1], [1]) => 22 22 22
            sets.intersects([1], [1, 1]) => 23 23 23
            sets.intersects([1, 1], [1]) => 23 23 23
            sets.intersects([2, 1], [1]) => 23 23 23
            sets.intersects([1], [1, 2]) => 23 23 23
            sets.intersects([1], [1.0, 2]) => 23 23 23
            sets.intersects([1, 2], [2u, 2, 2.0]) => 27 27 27
            sets.intersects([1, 2], [1u, 2, 2.3]) => 27 27 27
            sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]]) => 65 65 65
            !sets.intersects([], []) => 22 22 22
            !sets.intersects([1], []) => 22 22 22
            !sets.intersects([1], [2]) => 23 23 23
            !sets.intersects([1], ["1", 2]) => 24 24 24
            !sets.intersects([1], [1.1, 2u]) => 24 24 24
            semver("1.0.0") => 1 1 1
            semver("1234.56789012345.67890123456789") => 4 4 4
            isSemver("1.0.0") => 1 1 1
            isSemver("1234.56789012345.67890123456789") => 4 4 4
            semver("1.2.3").major() => 2 2 2
            semver("1.2.3").minor() => 2 2 2
            semver("1.2.3").patch() => 2 2 2
            """#))
    func library(_ entry: Case) async throws {
        struct Everybody: CELAuthorizer {
            func answer(_ question: CELAuthorizationQuestion) async -> CELAuthorizationAnswer {
                CELAuthorizationAnswer(isAllowed: true)
            }
        }
        var environment = CELEnvironment.kubernetes().enabling(.jsonPatch)
            .declaring("authorizer", opaque: AuthorizerValue.type)
        environment.isOptimizing = false
        let program = try environment.compile(entry.expression)
        var budget = CELBudget()
        let activation = CELActivation(["authorizer": .opaque(AuthorizerValue())])
        _ = try await program.evaluate(activation, budget: &budget, authorizer: Everybody())
        let spent = CELLimits.costPerObject - budget.remaining
        #expect("\(program.cost.minimum) \(program.cost.maximum) \(spent)" == entry.expected)
    }

    struct Rule: Sendable {
        let schema: String
        let rule: String
        let cost: UInt64
    }

    /// The worst case of rules of CustomResourceDefinitions, with and without limits in the schema.
    @Test(
        "A rule is estimated as Kubernetes estimates it",
        arguments: [
            Rule(
                schema: #"{"type":"array","items":{"type":"number"}}"#,
                rule: #"self.all(x, true)"#, cost: 4718591),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"},"maxItems":10}"#,
                rule: #"self.all(x, true)"#, cost: 32),
            Rule(
                schema: #"{"type":"array","items":{"type":"string"}}"#,
                rule: #"self.all(x, true)"#, cost: 3145727),
            Rule(
                schema: #"{"type":"array","items":{"type":"string"},"maxItems":20}"#,
                rule: #"self.all(x, true)"#, cost: 62),
            Rule(
                schema: #"{"type":"array","items":{"type":"boolean"}}"#,
                rule: #"self.all(x, true)"#, cost: 1887437),
            Rule(
                schema: #"{"type":"array","items":{"type":"boolean"},"maxItems":5}"#,
                rule: #"self.all(x, true)"#, cost: 17),
            Rule(
                schema: #"{"type":"array","items":{"type":"array","items":{"type":"number"}}}"#,
                rule: #"self.all(x, true)"#, cost: 3145727),
            Rule(
                schema: #"{"type":"array","items":{"type":"array","items":{"type":"number"}},"maxItems":100}"#,
                rule: #"self.all(x, true)"#, cost: 302),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]}}"#,
                rule: #"self.all(x, true)"#, cost: 555128),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]},"maxItems":50}"#,
                rule: #"self.all(x, true)"#, cost: 152),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"number"}}"#,
                rule: #"self.all(x, true)"#, cost: 1348169),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"number"},"maxProperties":10}"#,
                rule: #"self.all(x, true)"#, cost: 32),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"string"}}"#,
                rule: #"self.all(x, true)"#, cost: 1179647),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"string"},"maxProperties":3}"#,
                rule: #"self.all(x, true)"#, cost: 11),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"boolean"}}"#,
                rule: #"self.all(x, true)"#, cost: 943718),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"boolean"},"maxProperties":100}"#,
                rule: #"self.all(x, true)"#, cost: 302),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self.contains('test')"#, cost: 314574),
            Rule(
                schema: #"{"type":"string","maxLength":10}"#,
                rule: #"self.contains('test')"#, cost: 5),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self.startsWith('test')"#, cost: 2),
            Rule(
                schema: #"{"type":"string","maxLength":15}"#,
                rule: #"self.startsWith('test')"#, cost: 2),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self.endsWith('test')"#, cost: 2),
            Rule(
                schema: #"{"type":"string","maxLength":30}"#,
                rule: #"self.endsWith('test')"#, cost: 2),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"size(self + "hello") > size("hello")"#, cost: 314578),
            Rule(
                schema: #"{"type":"string","maxLength":4}"#,
                rule: #"size(self + "hello") > size("hello")"#, cost: 7),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"}}"#,
                rule: #"self[1] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"},"maxItems":5000}"#,
                rule: #"self[1] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"array","items":{"type":"string"}}"#,
                rule: #"self[1] == self[1]"#, cost: 314577),
            Rule(
                schema: #"{"type":"array","items":{"type":"string"},"maxItems":8}"#,
                rule: #"self[1] == self[1]"#, cost: 314577),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"},"maxItems":10}"#,
                rule: #"self.all(x, self.all(y, true))"#, cost: 352),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"},"maxItems":10}"#,
                rule: #"self.all(x, self.all(y, self.all(z, true)))"#, cost: 3552),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self.matches("x")"#, cost: 314574),
            Rule(
                schema: #"{"type":"string","maxLength":50}"#,
                rule: #"self.matches("x")"#, cost: 22),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #""".matches("(((((((((())))))))))[0-9]")"#, cost: 7),
            Rule(
                schema: #"{"type":"string","maxLength":10}"#,
                rule: #""".matches("(((((((((())))))))))[0-9]")"#, cost: 7),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self.matches("")"#, cost: 1),
            Rule(
                schema: #"{"type":"string","maxLength":100}"#,
                rule: #"self.matches("")"#, cost: 1),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"string"}}"#,
                rule: #"self.all(x, x.contains(self[x]))"#, cost: 2752507),
            Rule(
                schema:
                    #"{"type":"object","additionalProperties":{"type":"string","maxLength":10},"maxProperties":10}"#,
                rule: #"self.all(x, x.contains(self[x]))"#, cost: 72),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"}}"#,
                rule: #"self[3] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"},"maxItems":0}"#,
                rule: #"self[3] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"number"}}"#,
                rule: #"self["x"] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"object","additionalProperties":{"type":"number"},"maxProperties":0}"#,
                rule: #"self["x"] == 0.0"#, cost: 2),
            Rule(
                schema: #"{"type":"string"}"#,
                rule: #"self == "x""#, cost: 2),
            Rule(
                schema: #"{"type":"string","maxLength":0}"#,
                rule: #"self == "x""#, cost: 1),
            Rule(
                schema: #"{"type":"string","format":"byte"}"#,
                rule: #"self == b"x""#, cost: 2),
            Rule(
                schema: #"{"type":"string","format":"byte","maxLength":0}"#,
                rule: #"self == b"x""#, cost: 1),
            Rule(
                schema: #"{"type":"array","items":{"type":"number"}}"#,
                rule: #"self.all(x, x == 0.0)"#, cost: 6291454),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]}}}"#,
                rule: #"self.all(x, x["y"].required == "z")"#, cost: 7340027),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]},"maxProperties":10},"maxItems":10}"#,
                rule: #"self.all(x, x["y"].required == "z")"#, cost: 72),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]}}}"#,
                rule: #"self.all(x, x["y"].required == "z")"#, cost: 7340027),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]},"maxProperties":10}}"#,
                rule: #"self.all(x, x["y"].required == "z")"#, cost: 7340027),
            Rule(
                schema: #"{"type":"array","items":{"x-kubernetes-int-or-string":true}}"#,
                rule: #"self.all(x, true)"#, cost: 4718591),
            Rule(
                schema: #"{"type":"array","items":{"x-kubernetes-int-or-string":true},"maxItems":10}"#,
                rule: #"self.all(x, true)"#, cost: 32),
            Rule(
                schema: #"{"type":"array","items":{"x-kubernetes-int-or-string":true}}"#,
                rule: #"self[0] == 5"#, cost: 3),
            Rule(
                schema: #"{"type":"array","items":{"x-kubernetes-int-or-string":true},"maxItems":10}"#,
                rule: #"self[0] == 5"#, cost: 3),
            Rule(
                schema: #"{"type":"array","items":{"type":"boolean"}}"#,
                rule: #"self[0] == false"#, cost: 2),
            Rule(
                schema: #"{"type":"array","items":{"type":"boolean"},"maxItems":25}"#,
                rule: #"self[0] == false"#, cost: 2),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]}}"#,
                rule: #"self[0] == null"#, cost: 2),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","properties":{"required":{"type":"string"},"optional":{"type":"string"}},"required":["required"]},"maxItems":422}"#,
                rule: #"self[0] == null"#, cost: 2),
            Rule(
                schema: #"{"type":"array","items":{"type":"array","items":{"type":"number"}}}"#,
                rule: #"self[0][0] == -1.0"#, cost: 3),
            Rule(
                schema: #"{"type":"array","items":{"type":"array","items":{"type":"number"}},"maxItems":51}"#,
                rule: #"self[0][0] == -1.0"#, cost: 3),
            Rule(
                schema: #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"number"}}}"#,
                rule: #"self.all(x, x.y == 25.2)"#, cost: 6291452),
            Rule(
                schema:
                    #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"number"}},"maxItems":12}"#,
                rule: #"self.all(x, x.y == 25.2)"#, cost: 74),
            Rule(
                schema: #"{"type":"array","items":{"type":"object","additionalProperties":{"type":"number"}}}"#,
                rule: #"self[0].x > 2.0"#, cost: 4),
        ])
    func estimate(_ entry: Rule) throws {
        let type = try #require(DeclaredType(structural: try JSON(parsing: entry.schema)))
        let environment = CELEnvironment.kubernetes().declaring("self", type).declaring("oldSelf", type)
        #expect(try environment.compile(entry.rule).cost.maximum == entry.cost)
    }

    @Test(
        "What an evaluation costs",
        arguments: Case.table(
            """
            1 => 0
            input => 1
            input.list => 2
            input.list[0] => 3
            input.list[input.list[0]] => 5
            input.list[1 - 1] => 4
            has(input.map.a) => 2
            has(input.map) => 1
            input.?map.a => 3
            input.?nope.a => 1
            true ? input : 1 => 0
            true ? input.list : [] => 1
            [1, 2, 3] => 0
            [input] => 11
            {'a': input} => 31
            1 < 2 => 1
            1 == 2 => 1
            '12345678901' == '12345678901' => 2
            '1234567890123456789012' + 'a' => 3
            input.list.all(x, x > 0) => 18
            input.list.exists(x, x > 0) => 12
            input.list.map(x, x) => 42
            input.list.filter(x, x > 9) => 9
            input.list.exists_one(x, x > 0) => 16
            2 in input.list => 3
            2 in [1, 2] => 0
            input.text.matches('^[a-z]+$') => 8
            input.text.contains('needle') => 5
            input.text.startsWith('needle') => 5
            true || input.nope => 0
            input.nope || true => 2
            input.list.size() => 3
            int('5') => 0
            """))
    func spent(_ entry: Case) throws {
        let environment = CELEnvironment.kubernetes().declaring("input", .dyn)
        let input: JSON = ["list": [1, 2, 3], "map": ["a": 1], "text": "abcdefghijklmnopqrstu"]
        let program = try environment.compile(entry.expression)
        var budget = CELBudget()
        let activation = CELActivation(["input": try .json(input)])
        _ = try program.evaluate(activation, budget: &budget)
        #expect("\(CELLimits.costPerObject - budget.remaining)" == entry.expected)
    }

    @Test("An evaluation ends where its limit is, and nothing absorbs that")
    func callLimit() throws {
        let environment = CELEnvironment.kubernetes()
        let expensive = "lists.range(2000).all(x, lists.range(2000).all(y, x + y >= 0))"
        for text in [expensive, "\(expensive) || true", "[1].exists(z, \(expensive))"] {
            let program = try environment.compile(text)
            var budget = CELBudget()
            do {
                _ = try program.evaluate(CELActivation(), budget: &budget)
                Issue.record("\(text) has no end")
            } catch {
                #expect(error.reason == .costLimit)
                #expect(error.description == "operation cancelled: actual cost limit exceeded")
            }
        }
    }

    @Test("The budget over several evaluations ends as well, and tells so")
    func budget() throws {
        let program = try CELEnvironment.kubernetes().compile("lists.range(1000).map(x, x).size() > 0")
        var budget = CELBudget(total: 30_000)
        var evaluations = 0
        var last: CELEvaluationError?
        while last == nil, evaluations < 100 {
            do {
                _ = try program.evaluate(CELActivation(), budget: &budget)
                evaluations += 1
            } catch {
                last = error
            }
        }
        #expect(last?.reason == .outOfBudget)
        #expect(evaluations == 2)
        #expect(budget.remaining == 0)
    }

    @Test("Texts and lists that would be too large are not made")
    func sizes() throws {
        let long = String(repeating: "a", count: 40_000)
        for text in [
            "'\(long)'.replace('a', '\(long)')", "lists.range(3000).map(x, '\(long)').join()",
            "lists.range(3000).map(x, '\(long)').join(',').size()",
        ] {
            #expect(outcome(of: text) == "! operation cancelled: actual cost limit exceeded", "\(text.prefix(20))")
        }
        var variables = CELVariables(CELEnvironment.kubernetes())
        try variables.add("v0", "[1, 2, 3, 4]")
        for index in 1...40 { try variables.add("v\(index)", "variables.v\(index - 1) + variables.v\(index - 1)") }
        var activation = CELActivation()
        activation.variables = variables.instance()
        #expect(
            outcome(of: "variables.v40.size()", in: variables.environment, activation)
                .contains("actual cost limit exceeded"))
        for index in 41...80 {
            try variables.add(
                "v\(index)", "[variables.v\(index == 41 ? 0 : index - 1), variables.v\(index == 41 ? 0 : index - 1)]")
        }
        activation.variables = variables.instance()
        var budget = CELBudget()
        let nested = try variables.environment.compile("variables.v80").evaluate(activation, budget: &budget)
        #expect(throws: CELEvaluationError.self) { try nested.json() }
    }

    @Test("The limits are those of Kubernetes")
    func limits() {
        #expect(CELLimits.staticCostPerRule == 10_000_000)
        #expect(CELLimits.staticCostPerCRD == 100_000_000)
        #expect(CELLimits.costPerCall == 1_000_000)
        #expect(CELLimits.costPerObject == 10_000_000)
        #expect(CELLimits.costPerMatchConditions == 2_500_000)
    }
}
