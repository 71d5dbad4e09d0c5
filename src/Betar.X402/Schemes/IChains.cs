using System.Diagnostics.CodeAnalysis;
using Betar.Ethereum;

namespace Betar.X402.Schemes;

/// <summary>Where each network can be asked.</summary>
public interface IChains
{
    bool TryFind(NetworkId network, [NotNullWhen(true)] out IChainClient? chain);
}
