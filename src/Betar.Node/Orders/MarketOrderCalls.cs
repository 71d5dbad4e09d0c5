using System.Text.Json;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Exchange;
using Betar.Node.Errors;
using Betar.Storage.Orders;

namespace Betar.Node.Orders;

/// <summary>Tells the other side of an order what this side did, over a stream of its own.</summary>
internal static class MarketOrderCalls
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    /// <param name="host">This node's.</param>
    /// <param name="where">The other side, with its peer at the end.</param>
    /// <param name="verb">What was done.</param>
    /// <param name="order">As it stands here.</param>
    /// <param name="time">For the deadline.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The order as the other side answers it. It says nothing that this side did not: everything but its time is compared.</returns>
    public static async Task<Checked<MarketOrder>> TellAsync(
        Libp2pHost host, Multiaddr where, MarketOrderVerb verb, MarketOrder order, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(s_deadline, time, cancellationToken);
        try
        {
            await using Libp2pStream stream = await host.OpenStreamAsync(where, MarketFrames.Protocol, deadline.Token);
            await stream.WriteAsync(MarketFrames.Request(verb.Type, MarketOrderMessage.Write(order, verb.Word)), deadline.Token);
            ReadOnlyMemory<byte>? answer = await MarketFrames.ReadResponseAsync(stream, MarketOrderMessage.MaxBytes, deadline.Token);
            return answer is { } body ? Judge(body, order) : ErrorCatalog.OrderAnswerIllegal.Refuse("The other side of the order gave no answer that can be read");
        }
        catch (IOException fault)
        {
            return ErrorCatalog.SellerUnreachable.Refuse($"The other side of the order cannot be reached ({VisibleText.Of(fault.Message)})") with { Cause = fault };
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return ErrorCatalog.SellerUnreachable.Refuse("The other side of the order did not answer in time");
        }
    }

    internal static Checked<MarketOrder> Judge(ReadOnlyMemory<byte> body, MarketOrder asked)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            JsonElement answer = document.RootElement;
            if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String)
                return ErrorCatalog.SellerRefused.Refuse($"The other side says: {VisibleText.Of(error.GetString()!, 200)}");
            if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("order", out JsonElement said)
                && MarketOrderMessage.TryRead(said) is { } order && IsSame(order, asked))
                return asked;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is no UTF-8. The original answers errors as plain text: that is no agreement either.
        }

        return ErrorCatalog.OrderAnswerIllegal.Refuse("The other side answered with something else than the order");
    }

    private static bool IsSame(MarketOrderMessage said, MarketOrder asked) =>
        said.OrderId == asked.OrderId && said.AgentId == asked.AgentId && said.BuyerId == asked.BuyerId
        && said.SellerId == asked.SellerId && said.Price == asked.Price && said.Status == MarketOrderJson.Name(asked.Status);
}
