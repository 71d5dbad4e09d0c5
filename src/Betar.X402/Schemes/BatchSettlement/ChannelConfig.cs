using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What a channel is, for ever: its hash is its id.</summary>
/// <param name="PayerAuthorizer">Signs vouchers; the zero address leaves that to the payer.</param>
/// <param name="WithdrawDelay">Seconds.</param>
public sealed record ChannelConfig(
    Address Payer, Address PayerAuthorizer, Address Receiver, Address ReceiverAuthorizer, Address Token, ulong WithdrawDelay, Hash32 Salt)
{
    public Address VoucherSigner => PayerAuthorizer.IsZero ? Payer : PayerAuthorizer;
}
