using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Networks;

/// <summary>Compares a network with the chain before anything is signed for it.</summary>
public static class NetworkCheck
{
    public static async Task<NetworkVerdict> CheckAsync(IChainClient chain, ChainNetwork network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            var id = await chain.GetChainIdAsync(cancellationToken).ConfigureAwait(false);
            if (id != network.ChainId)
                return Differs(NetworkMismatch.ChainId, $"the node serves chain {id}, {network.Name} is chain {network.ChainId}");
            var code = await chain.GetCodeAsync(network.Usdc, cancellationToken).ConfigureAwait(false);
            if (code.Length == 0)
                return Differs(NetworkMismatch.NoToken, $"no contract stands at {network.Usdc}");
        }
        catch (ChainUnavailableException fault)
        {
            return Differs(NetworkMismatch.ChainUnavailable, fault.Message);
        }

        return await CompareTokenAsync(new Eip3009Token(chain, network.Usdc), network, cancellationToken).ConfigureAwait(false);
    }

    static async Task<NetworkVerdict> CompareTokenAsync(Eip3009Token token, ChainNetwork network, CancellationToken cancellationToken)
    {
        // Asked together, so that they go as one batch.
        var name = token.NameAsync(cancellationToken);
        var version = token.VersionAsync(cancellationToken);
        var decimals = token.DecimalsAsync(cancellationToken);
        var separator = token.DomainSeparatorAsync(cancellationToken);
        await Task.WhenAll(name, version, decimals, separator).ConfigureAwait(false);
        var wanted = new TypedDomain
        {
            Name = network.DomainName, Version = network.DomainVersion, ChainId = network.ChainId, VerifyingContract = network.Usdc,
        }.Separator();
        return Compare(NetworkMismatch.TokenName, "name", await name.ConfigureAwait(false), network.DomainName)
            ?? Compare(NetworkMismatch.TokenVersion, "version", await version.ConfigureAwait(false), network.DomainVersion)
            ?? Compare(NetworkMismatch.TokenDecimals, "decimals", await decimals.ConfigureAwait(false), (byte)network.Decimals)
            ?? Compare(NetworkMismatch.DomainSeparator, "DOMAIN_SEPARATOR", await separator.ConfigureAwait(false), wanted)
            ?? new NetworkVerdict(NetworkMismatch.None, "");
    }

    static NetworkVerdict? Compare<T>(NetworkMismatch mismatch, string what, RpcOutcome<T> answer, T wanted)
        where T : notnull
    {
        if (answer.TryGetValue(out var found))
            return found.Equals(wanted) ? null : Differs(mismatch, $"the token's {what} is {Shown(found)}, configured is {wanted}");

        // A revert, and a result of another shape, are the contract's word; everything else is the lack of one.
        return answer.Error is { IsRevert: true } || answer.Status == RpcStatus.InvalidResponse
            ? Differs(NetworkMismatch.NotTheInterface, $"the token has no {what}: {answer.Describe()}")
            : Differs(NetworkMismatch.ChainUnavailable, answer.Describe());
    }

    // A contract's text is foreign.
    static string Shown<T>(T value) => value is string text && text.Any(char.IsControl) ? "a text that cannot be shown" : $"{value}";

    static NetworkVerdict Differs(NetworkMismatch mismatch, string detail) => new(mismatch, detail);
}
