using Betar.Node.Cli.Market;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;
using Betar.Node.Peering;
using Betar.Node.Watching;

namespace Betar.Node.Http.V1;

/// <summary>The routes below /v1 that are operations of the node.</summary>
internal sealed class V1Routes(NodeOperations operations, TimeProvider time)
{
    public const string Execute = "agents.execute";

    public IEnumerable<ApiRoute> All =>
    [
        Get("/v1/node", StatusOperations.Status, "getNode", "What the node is and where it is reached."),
        Get("/v1/overview", FleetOverview.Operation, "getOverview", "How the fleet does right now: its busiest agents, orders, money in the token's smallest units, and peers."),
        List("/v1/peers", NetworkControl.Peers, "listPeers", "Connections to other nodes.", "peerId"),
        List("/v1/agents", "agents.list", "listAgents", "What this node sells.", "id"),
        Post("/v1/agents", ApiRole.Operate, AgentOperations.Register, "registerAgent", "Sells the work of another agent from now on.", AgentOperations.Fields),
        Get("/v1/agents/{agentId}", AgentOverview.Operation, "getAgent", "One agent: what it is, its health, its earnings and its budget, in the token's smallest units."),
        Delete("/v1/agents/{agentId}", ApiRole.Operate, AgentOperations.Retire, "retireAgent", "Stops selling an agent's work."),
        Streamed(Post("/v1/agents/{agentId}/execute", ApiRole.Spend, Execute, "executeAgent", "Has an agent do a task: one's own, or another node's for its price.", V1Fields.Work)),
        .. Market,
        .. Trade,
        .. Money,
    ];

    private IEnumerable<ApiRoute> Market =>
    [
        List("/v1/market", MarketCalls.Search, "searchMarket", "What is for sale, as far as this node knows.", "id",
            new("q", FieldKind.Text, "Words that all occur in name, description or skills.") { Argument = "text" },
            new("tags", FieldKind.List, "Tags or ids of skills that are all there."),
            new("minPrice", FieldKind.Text, "The least price, in USDC."),
            new("maxPrice", FieldKind.Text, "The highest price, in USDC."),
            new("network", FieldKind.Text, "The network on which it is paid, as CAIP-2 writes it."),
            new("trust", FieldKind.List, "How well the listing is known: own, verified, attested, hearsay, disputed, expired."),
            new("alive", FieldKind.Flag, "Only sellers that were heard lately."),
            new("sort", FieldKind.Text, "price, latency or success.")),
        Get("/v1/market/{id}", MarketCalls.Show, "getListing", "One listing."),
        Get("/v1/market/{id}/why", MarketCalls.Why, "explainListing", "Why a listing is shown as it is."),
        Post("/v1/quotes", ApiRole.Read, "market.quote", "quote", "What a task of an agent costs, and whom it would pay.", [V1Fields.AgentId]),
        Streamed(Post("/v1/purchases", ApiRole.Spend, Execute, "purchase", "Buys a task.", [V1Fields.AgentId, .. V1Fields.Work])),
        Get("/v1/purchases/{id}", "purchases.show", "getPurchase", "What became of a purchase."),
    ];

    private IEnumerable<ApiRoute> Trade =>
    [
        List("/v1/orders", "orders.list", "listOrders", "What was sold, newest first.", "payment", new ApiField("owed", FieldKind.Flag, "Only those whose money has to go back.")),
        Get("/v1/orders/{payment}", "orders.show", "getOrder", "One order with everything that happened to it."),
        Post("/v1/orders/{payment}/refund", ApiRole.Operate, "refunds.retry", "retryRefund", "Tries now to pay back what is owed for an order.", []),
        List("/v1/sessions/{agentId}", "sessions.list", "listSessions", "Whom an agent has worked for.", "id"),
        Get("/v1/sessions/{agentId}/{callerId}", "sessions.show", "getSession", "Every exchange of an agent with a caller."),
        Delete("/v1/conversations/{agentId}/{caller}", ApiRole.Operate, "conversations.forget", "forgetConversation", "Has an agent forget what it remembers of a caller."),
        List("/v1/workflows", "workflows.list", "listWorkflows", "Workflows, newest first.", "id"),
        Post("/v1/workflows", ApiRole.Spend, "workflows.create", "createWorkflow", "Begins a workflow.",
        [
            new("agentIds", FieldKind.List, "Agents in a row, each given what the one before answered."),
            new("input", FieldKind.Text, "What the first is given."),
            new("definition", FieldKind.Object, "A workflow with branches, conditions and budgets, instead of agentIds."),
            new("budget", FieldKind.Text, "The most that the whole may cost, in USDC."),
        ], 201),
        Get("/v1/workflows/{id}", "workflows.show", "getWorkflow", "One workflow with its steps."),
        Delete("/v1/workflows/{id}", ApiRole.Operate, "workflows.cancel", "cancelWorkflow", "Cancels a workflow."),
    ];

    private IEnumerable<ApiRoute> Money =>
    [
        Get("/v1/wallet", "wallet", "getWallet", "The accounts of the node."),
        Get("/v1/wallet/balance", StatusOperations.Balance, "getBalance", "What the wallet holds."),
        Get("/v1/budget", "budget.show", "getBudget", "What may be spent, and what was."),
        Post("/v1/budget", ApiRole.Spend, "budget.set", "setBudget", "Says what may be spent.",
        [
            new("perTask", FieldKind.Text, "For one task, in USDC."),
            new("perDay", FieldKind.Text, "Within any 24 hours, in USDC."),
            new("perPeer", FieldKind.Text, "On one seller within any 24 hours, in USDC."),
        ]),
        List("/v1/mandates", "mandates.list", "listMandates", "Permissions to spend.", "id"),
        Post("/v1/mandates", ApiRole.Spend, "mandates.grant", "grantMandate", "Permits spending up to a limit for some time.",
        [
            new("limit", FieldKind.Text, "In USDC.") { IsRequired = true },
            new("hours", FieldKind.Whole, "How long it holds; 24 when it is not said."),
            new("id", FieldKind.Text, "Its name; a new one when it is not said."),
        ], 201),
        Delete("/v1/mandates/{id}", ApiRole.Operate, "mandates.revoke", "revokeMandate", "Takes a permission back."),
    ];

    private ApiRoute Get(string pattern, string operation, string id, string summary) => Route("GET", pattern, ApiRole.Read, operation, new RouteNotes(id, summary));

    private ApiRoute List(string pattern, string operation, string id, string summary, string key, params ReadOnlySpan<ApiField> query) =>
        Route("GET", pattern, ApiRole.Read, operation, new RouteNotes(id, summary) { PageKey = key, Query = [.. query, .. V1Fields.Page], IsCutByOperation = operation == MarketCalls.Search, Paging = OperationPaging.Of(operation) });

    private ApiRoute Delete(string pattern, ApiRole role, string operation, string id, string summary) => Route("DELETE", pattern, role, operation, new RouteNotes(id, summary));

    private ApiRoute Post(string pattern, ApiRole role, string operation, string id, string summary, IReadOnlyList<ApiField> body, int status = 200) =>
        Route("POST", pattern, role, operation, new RouteNotes(id, summary) { Body = body, Status = status }) with { IsRepeatable = role > ApiRole.Read };

    private ApiRoute Streamed(ApiRoute route) => route with { Handler = new StreamedWork(route.Handler, time).AnswerAsync };

    private ApiRoute Route(string method, string pattern, ApiRole role, string operation, RouteNotes notes) =>
        new(method, pattern, role, new MappedRoute(notes, operation, operations).AnswerAsync) { Notes = notes };
}
