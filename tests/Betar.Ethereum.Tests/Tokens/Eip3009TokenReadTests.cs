using System.Text.RegularExpressions;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Tokens;

/// <summary>A contract may answer anything.</summary>
public sealed partial class Eip3009TokenReadTests
{
    static readonly CancellationToken _none = CancellationToken.None;

    static Eip3009Token Answering(byte[] result) => new(
        new JsonRpcChainClient(
            new HttpClient(new ScriptedHandler(body => $"{{\"id\":{IdPattern().Match(body).Groups[1].Value},\"result\":\"{TestChain.Hex(result)}\"}}")),
            new Uri("http://node.test/")),
        TestKeys.Usdc);

    [GeneratedRegex("\"id\":(\\d+)")]
    private static partial Regex IdPattern();

    [Fact]
    public async Task Results_of_the_right_shape()
    {
        Assert.Equal("USD Coin", (await Answering(AbiWriter.Result(1).AddString("USD Coin").ToArray()).NameAsync(_none)).Value);
        Assert.Equal("", (await Answering(AbiWriter.Result(1).AddString("").ToArray()).VersionAsync(_none)).Value);
        Assert.Equal(UInt256.MaxValue, (await Answering(AbiWriter.Result(1).Add(UInt256.MaxValue).ToArray()).BalanceOfAsync(default, _none)).Value);
        Assert.True((await Answering(AbiWriter.Result(1).Add(1UL).ToArray()).AuthorizationStateAsync(default, default, _none)).Value);
        Assert.Equal((byte)255, (await Answering(AbiWriter.Result(1).Add(255UL).ToArray()).DecimalsAsync(_none)).Value);
        Assert.Equal(TestKeys.NonceOf("d"), (await Answering(AbiWriter.Result(1).Add(TestKeys.NonceOf("d")).ToArray()).DomainSeparatorAsync(_none)).Value);
    }

    public static TheoryData<string> Nonsense => new(
        "", // an account without code answers nothing
        "00",
        new string('f', 62),
        new string('f', 64),
        new string('f', 128),
        "0000000000000000000000000000000000000000000000000000000000000020ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000ffff");

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Results_of_other_shapes_are_no_results(string result)
    {
        var token = Answering(Convert.FromHexString(result));
        Assert.Equal(RpcStatus.InvalidResponse, (await token.NameAsync(_none)).Status);
        Assert.Equal(RpcStatus.InvalidResponse, (await token.VersionAsync(_none)).Status);
        if (result.Length < 128)
        {
            Assert.Equal(RpcStatus.InvalidResponse, (await token.DecimalsAsync(_none)).Status);
            Assert.Equal(RpcStatus.InvalidResponse, (await token.AuthorizationStateAsync(default, default, _none)).Status);
        }

        if (result.Length < 64)
        {
            Assert.Equal(RpcStatus.InvalidResponse, (await token.BalanceOfAsync(default, _none)).Status);
            Assert.Equal(RpcStatus.InvalidResponse, (await token.DomainSeparatorAsync(_none)).Status);
        }
    }

    [Fact]
    public async Task A_long_name_is_no_name()
    {
        Assert.True((await Answering(AbiWriter.Result(1).AddString(new string('x', TokenAbi.MaxStringBytes)).ToArray()).NameAsync(_none)).IsValue);
        Assert.False((await Answering(AbiWriter.Result(1).AddString(new string('x', TokenAbi.MaxStringBytes + 1)).ToArray()).NameAsync(_none)).IsValue);
        Assert.False((await Answering(AbiWriter.Result(1).AddBytes([0xff]).ToArray()).NameAsync(_none)).IsValue);
    }

    [Fact]
    public async Task A_node_that_is_gone_stays_a_value()
    {
        var token = new Eip3009Token(
            new JsonRpcChainClient(new HttpClient(new ScriptedHandler((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError))), new Uri("http://node.test/")),
            TestKeys.Usdc);
        Assert.Equal(RpcStatus.Unreachable, (await token.NameAsync(_none)).Status);
        Assert.Equal(RpcStatus.Unreachable, (await token.BalanceOfAsync(default, _none)).Status);
    }
}
