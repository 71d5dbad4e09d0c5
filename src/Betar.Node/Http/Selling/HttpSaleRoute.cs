using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Selling;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Routing;
using Betar.X402.Http.Selling;
using Betar.X402.Selling;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Betar.Node.Http.Selling;

/// <summary>Sells the work of an agent to whoever pays for it: 402 with the demand, then the work for a payment. The payment is the only key that is needed.</summary>
internal sealed class HttpSaleRoute(SellerNode node, HttpSales sales, AdmissionGate gate, Func<SalesDesk> desk)
{
    private const string Pattern = "/x402/agents/{id}";
    private const string Buyer = "x402";

    /// <summary>Of a payment's time the part that its settlement may take.</summary>
    private const long SettlingSeconds = 20;
    private const long LongestSeconds = 86_400;

    public IEnumerable<ApiRoute> Routes =>
    [
        new("POST", Pattern, ApiRole.Read, SellAsync) { IsOpen = true, IsRaw = true },
        new("GET", Pattern, ApiRole.Read, SellAsync) { IsOpen = true, IsRaw = true },
    ];

    private async Task<ApiAnswer> SellAsync(ApiRequest request)
    {
        string named = request["id"], prefix = node.Identity.PeerId + "/";
        string id = named.StartsWith(prefix, StringComparison.Ordinal) ? named[prefix.Length..] : named;
        if (!node.Offers.TryGet(id, out AgentSpec? agent))
            return ApiAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {VisibleText.Of(named)}", "see GET /v1/agents"));
        if (agent.Price.IsZero)
            return ApiAnswer.Refused(ErrorCatalog.RoleTooLow.Refuse($"{VisibleText.Of(agent.Name)} is free, and nobody sells what is free", "ask for it over libp2p, or with a token"));
        Checked<string> task = await TaskAsync(request.Context);
        if (!task.IsOk)
            return ApiAnswer.Refused(task.Refusal);
        if (desk().FindRefusal(agent, task.Value) is { } obstacle)
            return ApiAnswer.Refused(Refusals.Of(obstacle));
        PaidResource resource = await sales.ResourceOfAsync(agent, request.Context.RequestAborted);
        return ApiAnswer.Streaming("", (context, _) => SellAsync(context, agent, resource, task.Value));
    }

    /// <summary>Takes a place for as long as the money and the work are under way.</summary>
    private async Task SellAsync(HttpContext context, AgentSpec agent, PaidResource resource, string task)
    {
        gate.Enter(agent);
        try
        {
            await sales.GateOf(Address.Parse(agent.PayTo), new Uri(context.Request.GetEncodedUrl())).HandleAsync(context, resource, paid => WorkAsync(paid, agent, task));
        }
        finally
        {
            gate.Leave(agent);
        }
    }

    /// <summary>
    /// Not ended with the connection: it is paid for, and its answer is kept for the buyer. A failure by the seller's doing (5xx) is paid back; that of
    /// an agent which keeps the payment of what failed is an answer like others.
    /// </summary>
    private async Task WorkAsync(HttpContext context, AgentSpec agent, string task)
    {
        var payment = context.Features.GetRequiredFeature<ReceivedPayment>();
        AgentTaskResult result = await RunAsync(agent, task, payment);
        HttpInstruments.OnSold(result.Code);
        if (result.Succeeded && agent.TokenPrice is { } price)
            payment.SetCharge(price.Of(result.Usage?.InputTokens ?? 0, result.Usage?.OutputTokens ?? 0, payment.Amount));
        if (result is { Succeeded: true, Usage: { } usage })
            context.Response.Headers[UsedTokens.HeaderName] = new UsedTokens(usage.InputTokens, usage.OutputTokens, usage.Model).ToHeader();
        ApiAnswer answer = result.Succeeded
            ? ApiAnswer.Json(writer => SoldAnswerJson.Write(writer, agent, result, payment))
            : Problems.Of((ErrorCatalog.Find(result.Code) ?? ErrorCatalog.ExecutionFailed).Refuse(result.Reason), agent.KeepsFailed && result.Code != ErrorCatalog.Busy.Code ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status502BadGateway);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body, CancellationToken.None);
    }

    /// <summary>What is charged when it is done has to be done while its payment can still be settled.</summary>
    private async Task<AgentTaskResult> RunAsync(AgentSpec agent, string task, ReceivedPayment payment)
    {
        using CancellationTokenSource limit = payment.IsChargedAfterwards ? new(LeftOf(payment), node.Context.Time) : new();
        try
        {
            return await node.Grains.GetGrain<IAgentGrain>(agent.AgentId).Run(new AgentTask { Input = task, Caller = Buyer, Order = "" }, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new AgentTaskResult { Succeeded = false, Code = ErrorCatalog.TaskTimedOut.Code, Reason = "The task took longer than its payment is good for." };
        }
    }

    private TimeSpan LeftOf(ReceivedPayment payment)
    {
        long seconds = (long)Math.Min(payment.ValidBefore, int.MaxValue) - node.Context.Time.GetUtcNow().ToUnixTimeSeconds() - SettlingSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestSeconds));
    }

    /// <summary>A JSON object's "input", any other body as it is, or what stands behind the question mark. Known before anything is paid.</summary>
    private static async Task<Checked<string>> TaskAsync(HttpContext context)
    {
        Checked<ReadOnlyMemory<byte>> body = await BodyReader.TakeAsync(context);
        if (!body.IsOk)
            return body.Refusal;
        if (body.Value.IsEmpty)
            return context.Request.Query["input"].ToString();

        // The gate reads it again: all of it is part of what is paid for.
        context.Request.Body = new MemoryStream(body.Value.ToArray());
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals(ApiAnswer.JsonType, StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetString(body.Value.Span);
        Checked<JsonDocument> parsed = BodyReader.Parse(body.Value);
        if (!parsed.IsOk)
            return parsed.Refusal;
        using JsonDocument document = parsed.Value;
        return document.RootElement.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.String
            ? input.GetString()!
            : ErrorCatalog.BadBody.Refuse("The body has no text \"input\"");
    }
}
