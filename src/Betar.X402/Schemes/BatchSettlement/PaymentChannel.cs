using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A channel on its network.</summary>
/// <param name="Id">The configuration's hash there.</param>
public sealed record PaymentChannel(NetworkId Network, Hash32 Id, ChannelConfig Config)
{
    public static PaymentChannel Of(NetworkId network, ChannelConfig config) => new(network, BatchHasher.ChannelId(network, config), config);
}
