using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.X402.Tests.Support;

/// <summary>Quotes every request, answers "4" to every payment, and writes down who asked.</summary>
internal sealed class TestHandler : IX402Handler
{
    internal List<string> Seen { get; } = [];

    /// <summary>Of each call, whether its caller asked for pieces.</summary>
    internal List<bool> InPieces { get; } = [];

    internal Exception? Throw { get; set; }

    internal byte[] Output { get; set; } = OutputBody.Write("4");

    /// <summary>When set, calls wait here.</summary>
    internal TaskCompletionSource? Gate { get; set; }

    public async ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken)
    {
        await EnterAsync("request", call);
        return MessageCodec.ParsePaymentRequired(Golden.Utf8(Golden.PaymentRequired)).Value! with { CorrelationId = request.CorrelationId };
    }

    public async ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken)
    {
        await EnterAsync("paid request", call);
        return new X402Response { CorrelationId = request.CorrelationId, TxHash = "0x01", Body = Output };
    }

    private async Task EnterAsync(string what, X402Call call)
    {
        lock (Seen)
        {
            InPieces.Add(call.Pieces is not null);
            Seen.Add($"{what} from {call.Peer} at {call.ReceivedAt.ToUnixTimeSeconds()}");
        }

        if (Throw is not null)
        {
            throw Throw;
        }

        if (Gate is not null)
        {
            await Gate.Task;
        }
    }
}
