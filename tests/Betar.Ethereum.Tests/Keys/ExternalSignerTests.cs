using System.Net;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Eip712;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Keys;

public sealed class ExternalSignerTests
{
    static readonly Eip1559Transaction _transaction = new()
    {
        ChainId = 84532, Nonce = 7, MaxPriorityFeePerGas = 1UL, MaxFeePerGas = 1_000_000UL, GasLimit = 90_000, To = TestKeys.Usdc, Data = new byte[] { 1, 2, 3 },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public async Task A_signature_comes_back_with_v_of_27_or_28(int offset)
    {
        var data = MailOfTheEip.Create();
        var asked = "";
        var outcome = await Typed(data, body =>
        {
            asked = body;
            return Result(Sign(TestKeys.Payer, data, offset));
        });

        Assert.True(outcome.TryGetValue(out var signature), outcome.Detail);
        Assert.Equal(Sign(TestKeys.Payer, data, 27), signature);
        using var request = JsonDocument.Parse(asked);
        Assert.Equal("account_signTypedData", request.RootElement.GetProperty("method").GetString());
        var parameters = request.RootElement.GetProperty("params");
        Assert.Equal(TestKeys.PayerAddress.ToString(), parameters[0].GetString());
        Assert.Equal("Mail", parameters[1].GetProperty("primaryType").GetString());
        Assert.Equal("1", parameters[1].GetProperty("domain").GetProperty("chainId").GetString());
        Assert.Equal("Bob", parameters[1].GetProperty("message").GetProperty("to").GetProperty("name").GetString());
        Assert.Equal("uint256", parameters[1].GetProperty("types").GetProperty("EIP712Domain")[2].GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_signature_of_another_key_is_refused() => await WrongTyped(data => Sign(TestKeys.Seller, data, 27));

    [Fact]
    public async Task A_signature_over_another_message_is_refused() =>
        await WrongTyped(data => Sign(TestKeys.Payer, new TypedData(data.Types, "Person", data.Domain, ["Eve", TestKeys.Usdc]), 27));

    [Fact]
    public async Task The_twin_with_a_high_s_is_refused() => await WrongTyped(data =>
    {
        var signature = Sign(TestKeys.Payer, data, 27);
        var order = LowS.Max + LowS.Max + UInt256.One;
        (order - UInt256.ReadBigEndian(signature.AsSpan(32, 32))).WriteBigEndian(signature.AsSpan(32, 32));
        signature[^1] = (byte)(55 - signature[^1]);
        return signature;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(66)]
    public async Task A_signature_of_another_length_is_refused(int length) => await WrongTyped(data => [.. Sign(TestKeys.Payer, data, 27).Append((byte)0).Take(length)]);

    [Fact]
    public async Task A_v_of_its_own_is_refused() => await WrongTyped(data => [.. Sign(TestKeys.Payer, data, 27)[..64], 37]);

    [Fact]
    public async Task The_answer_never_shows_in_an_outcome()
    {
        var data = MailOfTheEip.Create();
        var outcome = await Typed(data, _ => Result(Sign(TestKeys.Payer, data, 27)));

        Assert.DoesNotContain(Convert.ToHexStringLower(outcome.Value!)[..16], outcome.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_transaction_comes_back_signed()
    {
        var asked = "";
        var outcome = await Transaction(body =>
        {
            asked = body;
            return Raw(_transaction.Sign(TestKeys.Payer));
        });

        Assert.True(outcome.TryGetValue(out var signed), outcome.Detail);
        Assert.Equal(_transaction.Sign(TestKeys.Payer).Hash, signed.Hash);
        using var request = JsonDocument.Parse(asked);
        var parameter = request.RootElement.GetProperty("params")[0];
        Assert.Equal("0x14a34", parameter.GetProperty("chainId").GetString());
        Assert.Equal("0x0", parameter.GetProperty("value").GetString());
        Assert.Equal("0x010203", parameter.GetProperty("data").GetString());
    }

    [Fact]
    public async Task Another_transaction_is_refused() => await WrongTransaction(Raw((_transaction with { Value = UInt256.One }).Sign(TestKeys.Payer)));

    [Fact]
    public async Task A_transaction_of_another_account_is_refused() => await WrongTransaction(Raw(_transaction.Sign(TestKeys.Seller)));

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"raw\":\"0x02c0\"}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"raw\":7}}")]
    public async Task An_answer_of_another_shape_is_refused(string answer) => await WrongTransaction(answer);

    [Fact]
    public async Task A_person_who_says_no_is_a_refusal()
    {
        const string No = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"request denied\"}}";

        Assert.Equal(SignerStatus.Refused, (await Transaction(_ => No)).Status);
        Assert.Equal(SignerStatus.Refused, (await Typed(MailOfTheEip.Create(), _ => No)).Status);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        using var http = SignerTransport.OverSocket("/nowhere/clef.ipc");
        var outcome = await new ExternalSigner(http, SignerTransport.SocketEndpoint, TestKeys.PayerAddress).SignTransactionAsync(_transaction, CancellationToken.None);

        Assert.Equal((SignerStatus.Unreachable, false), (outcome.Status, outcome.TryGetValue(out _)));
    }

    [Fact]
    public async Task A_person_who_does_not_answer_times_out()
    {
        var time = new ManualTime();
        var asked = new TaskCompletionSource();
        using var http = new HttpClient(new ScriptedHandler(async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }));
        var signing = new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress, null, time).SignTransactionAsync(_transaction, CancellationToken.None);
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(SignerStatus.TimedOut, (await signing).Status);
    }

    [Fact]
    public void Options_outside_their_range_are_all_named()
    {
        Assert.Equal(2, new ExternalSignerOptions { Timeout = TimeSpan.Zero, MaxResponseBytes = 1 }.Validate().Count);
        Assert.Empty(new ExternalSignerOptions().Validate());
        Assert.Equal(SignerStatus.Unreachable, default(SignerOutcome<string>).Status);
    }

    static async Task WrongTyped(Func<TypedData, byte[]> answer)
    {
        var data = MailOfTheEip.Create();
        var outcome = await Typed(data, _ => Result(answer(data)));
        Assert.Equal((SignerStatus.WrongAnswer, null), (outcome.Status, outcome.Value));
    }

    static async Task WrongTransaction(string answer)
    {
        var outcome = await Transaction(_ => answer);
        Assert.Equal((SignerStatus.WrongAnswer, null), (outcome.Status, outcome.Value));
    }

    static async Task<SignerOutcome<byte[]>> Typed(TypedData data, Func<string, string> answer)
    {
        using var http = new HttpClient(new ScriptedHandler(answer));
        return await new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress).SignTypedDataAsync(data, CancellationToken.None);
    }

    static async Task<SignerOutcome<SignedTransaction>> Transaction(Func<string, string> answer)
    {
        using var http = new HttpClient(new ScriptedHandler(answer));
        return await new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress).SignTransactionAsync(_transaction, CancellationToken.None);
    }

    static byte[] Sign(PrivateKey key, TypedData data, int offset)
    {
        var signature = new byte[65];
        key.Sign(data.Digest.ToArray(), signature);
        signature[^1] += (byte)offset;
        return signature;
    }

    static string Raw(SignedTransaction signed) =>
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"raw\":\"0x" + Convert.ToHexStringLower(signed.Raw.Span) + "\",\"tx\":{}}}";

    static string Result(byte[] bytes) => "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x" + Convert.ToHexStringLower(bytes) + "\"}";
}
