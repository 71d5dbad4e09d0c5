using Orleans;

namespace Betar.Benchmarks.X402.Vouchers;

/// <summary>[channel id] The one writer of a channel.</summary>
public interface IChannelGrain : IGrainWithStringKey
{
    Task<ChannelAccount> Read();

    Task Open(string balance);

    /// <summary>Charges and keeps the voucher, durably; null when the voucher does not reach.</summary>
    Task<ChannelAccount?> Charge(string maxClaimable, byte[] signature, string amount);
}
