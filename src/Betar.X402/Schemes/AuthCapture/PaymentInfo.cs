using Betar.Ethereum;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>What an escrow knows of a payment: who, how much, until when, and whose the fees are. Times are Unix seconds, fees hundredths of a percent.</summary>
/// <param name="Operator">Who may capture, void and refund.</param>
/// <param name="PreApprovalExpiry">Until when it may be collected.</param>
/// <param name="AuthorizationExpiry">Until when it may be captured.</param>
public sealed record PaymentInfo(
    Address Operator,
    Address Payer,
    Address Receiver,
    Address Token,
    AtomicAmount MaxAmount,
    ulong PreApprovalExpiry,
    ulong AuthorizationExpiry,
    ulong RefundExpiry,
    ushort MinFeeBps,
    ushort MaxFeeBps,
    Address FeeReceiver,
    UInt256 Salt)
{
    /// <summary>As the contract takes it.</summary>
    internal object[] Encoded =>
    [
        Operator, Payer, Receiver, Token, MaxAmount.Units, (UInt256)PreApprovalExpiry, (UInt256)AuthorizationExpiry, (UInt256)RefundExpiry,
        (UInt256)MinFeeBps, (UInt256)MaxFeeBps, FeeReceiver, Salt,
    ];
}
