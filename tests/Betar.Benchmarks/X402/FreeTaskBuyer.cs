using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.X402.Calling;
using Betar.X402.Protocol;

namespace Betar.Benchmarks.X402;

/// <summary>Asks for the task of an agent that costs nothing, each time on a stream of its own.</summary>
internal sealed class FreeTaskBuyer(Libp2pHost host, Multiaddr seller, string agentId)
{
    /// <summary>Anything but a delivery ends the bench.</summary>
    public async Task AskAsync()
    {
        if (await TryAskAsync() is { } reason)
            throw new InvalidOperationException($"Not delivered: {reason}");
    }

    /// <returns>Null when it was delivered, else why not.</returns>
    public async Task<string?> TryAskAsync()
    {
        var request = new X402Request { CorrelationId = Guid.NewGuid().ToString(), Resource = agentId, Body = new TaskBody("ping", agentId).Write() };
        try
        {
            await using Libp2pStream stream = await host.OpenStreamAsync(seller, StreamProtocol.Id);
            using var client = new X402StreamClient(stream, new X402ClientOptions(), TimeProvider.System);
            ExchangeOutcome outcome = await client.RequestAsync(request, CancellationToken.None);
            return outcome.Reply is X402Response ? null : $"{outcome.Failure} {outcome.Reply}";
        }
        catch (Libp2pException unreachable)
        {
            return unreachable.Message;
        }
    }
}
