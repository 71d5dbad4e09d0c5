using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;
using Betar.Node.Http.V1;
using Betar.X402;

namespace Betar.Node.Http.Legacy;

/// <summary>What the original answers about orders, sessions and workflows.</summary>
internal sealed class LegacyTrade(NodeOperations operations, SpendCap cap)
{
    private const int NotThere = 404;

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("GET", "/orders", ApiRole.Read, OrdersAsync),
        Route("POST", "/orders", ApiRole.Spend, CreateOrderAsync),
        Route("GET", "/sessions/{agentId}", ApiRole.Read, request => ListAsync("sessions.list", request)),
        Route("GET", "/sessions/{agentId}/{callerId}", ApiRole.Read, request => PassAsync("sessions.show", request, NotThere)),
        Route("POST", "/workflows", ApiRole.Spend, CreateWorkflowAsync),
        Route("GET", "/workflows", ApiRole.Read, request => ListAsync("workflows.list", request)),
        Route("GET", "/workflows/{id}", ApiRole.Read, request => PassAsync("workflows.show", request, NotThere)),
        Route("DELETE", "/workflows/{id}", ApiRole.Operate, request => PassAsync("workflows.cancel", request, NotThere)),
    ];

    private static ApiRoute Route(string method, string pattern, ApiRole role, ApiHandler handler) => new(method, pattern, role, handler) { Style = ApiStyle.Legacy };

    private async Task<ApiAnswer> PassAsync(string operation, ApiRequest request, int refused)
    {
        Checked<JsonElement> answer = await operations.CallAsync(operation, writer => Values(writer, request), request.Aborted);
        return answer.IsOk ? LegacyJson.Of(answer.Value) : ApiAnswer.Refused(answer.Refusal) with { Status = refused };
    }

    private Task<ApiAnswer> ListAsync(string operation, ApiRequest request) => ListAsync(operation, request, (writer, item) => item.WriteTo(writer));

    private Task<ApiAnswer> OrdersAsync(ApiRequest request) => ListAsync("orders.list", request, WriteOrder);

    /// <summary>The original's lists are whole; these are as far as the bound.</summary>
    private async Task<ApiAnswer> ListAsync(string operation, ApiRequest request, Action<Utf8JsonWriter, JsonElement> write)
    {
        Checked<IReadOnlyList<JsonElement>> items = await OperationPaging.Of(operation)!.AllAsync(
            operations, operation, writer => Values(writer, request), MarketPages.MaxListings, request.Aborted);
        if (!items.IsOk)
            return ApiAnswer.Refused(items.Refusal) with { Status = 500 };
        return LegacyJson.ListOf(items.Value, write);
    }

    private static void Values(Utf8JsonWriter writer, ApiRequest request)
    {
        foreach ((string name, string value) in request.Values)
            writer.WriteString(name, value);
    }

    /// <summary>An order is what was paid for: its id is the payment's key, whose fourth part is the buyer's account.</summary>
    private static void WriteOrder(Utf8JsonWriter writer, JsonElement order)
    {
        writer.WriteStartObject();
        if (order.TryGetProperty("orderId", out _))
        {
            LegacyJson.Copy(writer, order, "orderId", "agentId", "buyerId", "sellerId", "price", "status", "timestamp");
        }
        else
        {
            string payment = Text(order, "payment");
            writer.WriteString("orderId", payment);
            LegacyJson.Copy(writer, order, "agentId");
            writer.WriteString("buyerId", PaymentKey.TryParse(payment, out PaymentKey key) ? key.From.ToString() : "");
            writer.WritePropertyName("price");
            writer.WriteRawValue(AtomicAmount.TryParse(Text(order, "amount"), out AtomicAmount amount) ? amount.ToUsdc() : "0");
            writer.WriteString("status", Status(Text(order, "state")));
            writer.WriteNumber("timestamp", order.GetProperty("at").GetDateTimeOffset().ToUnixTimeSeconds());
        }

        writer.WriteEndObject();
    }

    private static string Status(string state) => state switch
    {
        "Reserved" => "pending",
        "Settled" => "accepted",
        "Delivered" => "completed",
        _ => "cancelled",
    };

    private static string Text(JsonElement order, string name) => order.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private async Task<ApiAnswer> CreateOrderAsync(ApiRequest request)
    {
        if (request.Text("agentId") is not { Length: > 0 } agent)
            return ApiAnswer.Refused(ErrorCatalog.BadBody.Refuse("The body has no text \"agentId\""));
        Checked<JsonElement> order = await operations.CallAsync("orders.create", writer =>
        {
            writer.WriteString("agentId", agent);
            if (request.Field("price") is { ValueKind: JsonValueKind.Number } price)
            {
                writer.WritePropertyName("price");
                price.WriteTo(writer);
            }
        }, request.Aborted);
        return order.IsOk ? LegacyJson.Of(order.Value) : ApiAnswer.Refused(order.Refusal) with { Status = 500 };
    }

    private async Task<ApiAnswer> CreateWorkflowAsync(ApiRequest request)
    {
        if (request.Field("agentIds") is not { ValueKind: JsonValueKind.Array } agents || agents.GetArrayLength() == 0 || request.Text("input") is not { Length: > 0 } input)
            return ApiAnswer.Refused(ErrorCatalog.BadBody.Refuse("The body needs a list \"agentIds\" and a text \"input\""));
        // What a workflow costs is known at its end only: one without a token holds all that is left.
        AtomicAmount? most = request.Caller.IsCapped ? cap.Left : null;
        if (most is { } all && cap.Hold(all) is { IsOk: false } spent)
            return ApiAnswer.Refused(spent.Refusal);
        Checked<JsonElement> workflow = await operations.CallAsync("workflows.create", writer =>
        {
            writer.WritePropertyName("agentIds");
            agents.WriteTo(writer);
            writer.WriteString("input", input);
            if (most is { } amount)
                writer.WriteString("budget", amount.ToUsdc());
        }, request.Aborted);
        if (!workflow.IsOk && most is { } unspent)
            cap.GiveBack(unspent);
        return workflow.IsOk ? LegacyJson.Of(workflow.Value) : ApiAnswer.Refused(workflow.Refusal);
    }
}
