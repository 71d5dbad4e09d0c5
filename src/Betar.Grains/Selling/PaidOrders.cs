using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.X402.Eip712;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Grains.Selling;

/// <summary>A verified payment and its task in the shape that the session keeps.</summary>
internal static class PaidOrders
{
    public static PaidOrder Of(SignedPayment payment, AgentSpec spec, PaidRequest request, TaskBody task, string peer)
    {
        TransferTerms transfer = payment.Terms;
        return new PaidOrder
        {
            AgentId = spec.AgentId,
            CorrelationId = request.CorrelationId,
            Peer = peer,
            Caller = CallerOf(request.CallerDid, peer),
            Input = task.Input,
            Depth = task.Depth,
            Network = payment.Asset.Network.ToString(),
            Asset = payment.Asset.Address.ToString(),
            From = transfer.From.ToString(),
            To = transfer.To.ToString(),
            Value = transfer.Value.ToString(),
            ValidAfter = Seconds(transfer.ValidAfter),
            ValidBefore = Seconds(transfer.ValidBefore),
            Nonce = transfer.Nonce.ToString(),
            Signature = Convert.ToHexStringLower(payment.Signature),
            Fingerprint = RequestFingerprint.Compute(peer, spec.AgentId, request.CorrelationId, request.Body.Span).ToString(),
        };
    }

    /// <summary>The claimed DID is a label that anybody can write, so the peer stands before it.</summary>
    public static string CallerOf(string callerDid, string peer) => callerDid.Length == 0 ? peer : $"{peer}/{callerDid}";

    /// <summary>A new payment's window is within a day of now; anything larger only belongs to repeats, which are not settled.</summary>
    private static ulong Seconds(UInt256 value) => value > ulong.MaxValue ? ulong.MaxValue : (ulong)value;
}
