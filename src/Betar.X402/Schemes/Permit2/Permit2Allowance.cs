using Betar.Ethereum;

namespace Betar.X402.Schemes.Permit2;

/// <summary>How much of a token an account lets Permit2 take: without it a permit moves nothing.</summary>
public static class Permit2Allowance
{
    private static readonly AbiType Number = AbiType.Parse("uint256");
    private static readonly AbiParameter Spender = new("spender", AbiType.Parse("address"));
    private static readonly AbiFunction Allowance = new("allowance", [new AbiParameter("owner", AbiType.Parse("address")), Spender], [new AbiParameter("", Number)]);
    private static readonly AbiFunction ApproveOf = new("approve", [Spender, new AbiParameter("value", Number)], []);

    /// <summary>Null when the chain does not say.</summary>
    public static async Task<AtomicAmount?> ReadAsync(IChainClient chain, Address token, Address owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var answer = await chain.CallAsync(new CallRequest(token, Allowance.Encode(owner, Permit2Contracts.Permit2)), cancellationToken);
        return answer.TryGetValue(out var bytes) && Allowance.TryDecodeResult(bytes, out var values) && values[0] is UInt256 units ? new AtomicAmount(units) : null;
    }

    /// <summary>The call of the token that lets Permit2 take as much, and no more; zero takes it back.</summary>
    public static byte[] Approve(AtomicAmount amount) => ApproveOf.Encode(Permit2Contracts.Permit2, amount.Units);
}
