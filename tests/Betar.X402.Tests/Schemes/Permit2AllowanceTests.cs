using Betar.Ethereum;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

public sealed class Permit2AllowanceTests
{
    private static readonly Address s_token = Address.Parse(Golden.Usdc);

    [Fact]
    public async Task What_the_chain_says_is_what_may_be_taken_and_silence_says_nothing()
    {
        var chain = new FakeChain();
        chain.Answers["dd62ed3e"] = RpcOutcome.Value(Convert.FromHexString("00000000000000000000000000000000000000000000000000000000000000ff"));
        Assert.Equal((AtomicAmount)255, await Permit2Allowance.ReadAsync(chain, s_token, Address.Parse(Vectors.Payer), default));
        chain.Answers["dd62ed3e"] = RpcOutcome.Value(Array.Empty<byte>());
        Assert.Null(await Permit2Allowance.ReadAsync(chain, s_token, Address.Parse(Vectors.Payer), default));
    }

    [Fact]
    public void Only_Permit2_is_allowed_and_only_so_much() => Assert.Equal(
        "095ea7b3000000000000000000000000000000000022d473030f116ddee9f6b43ac78ba300000000000000000000000000000000000000000000000000000000000000ff",
        Convert.ToHexStringLower(Permit2Allowance.Approve(255)));
}
