using System.Net;
using System.Text;
using System.Text.Json;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Eip712;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Keys;

/// <summary>Whatever an external signer answers: what was asked for, signed by the account, or a reason.</summary>
public sealed class ExternalSignerAnswerTests
{
    static readonly Eip1559Transaction _transaction = new()
    {
        ChainId = 84532, Nonce = 7, MaxPriorityFeePerGas = 1, MaxFeePerGas = 1_000_000, GasLimit = 90_000, To = TestKeys.Usdc, Value = 5, Data = new byte[] { 1, 2, 3 },
    };

    static string Good => Answer($$"""{"raw":"0x{{Convert.ToHexStringLower(_transaction.Sign(TestKeys.Payer).Raw.Span)}}","tx":{} }""");

    [Fact]
    public async Task Every_changed_field_of_the_transaction_is_noticed()
    {
        Eip1559Transaction[] others =
        [
            _transaction with { ChainId = 1 }, _transaction with { Nonce = 8 }, _transaction with { MaxPriorityFeePerGas = 2 }, _transaction with { MaxFeePerGas = 2 },
            _transaction with { GasLimit = 90_001 }, _transaction with { To = TestKeys.SellerAddress }, _transaction with { To = null },
            _transaction with { Value = 6 }, _transaction with { Data = new byte[] { 1, 2 } },
        ];
        foreach (var other in others)
        {
            var outcome = await AskAsync(Answer($$"""{"raw":"0x{{Convert.ToHexStringLower(other.Sign(TestKeys.Payer).Raw.Span)}}" }"""));
            Assert.True(outcome.Status == SignerStatus.WrongAnswer, $"{other}");
            Assert.Contains($"{TestKeys.PayerAddress}", outcome.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_answer_is_the_right_transaction_or_a_reason()
    {
        var (random, right) = (new Random(TestSeed.Value), 0);
        var good = Encoding.UTF8.GetBytes(Good);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = good.ToArray();
            for (var times = random.Next(1, 4); times > 0; times--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : good[random.Next(good.Length)];
            var outcome = await AskAsync(bytes);
            right += outcome.Status == SignerStatus.Done ? 1 : 0;
            Assert.True(
                outcome.TryGetValue(out var signed) ? signed.Hash == _transaction.Sign(TestKeys.Payer).Hash : outcome.Detail.Length > 0,
                $"seed {TestSeed.Value}, round {round}: {Encoding.UTF8.GetString(bytes)}");
        }

        Assert.InRange(right, 1, 1_000);
    }

    [Theory]
    [InlineData(500, SignerStatus.Unreachable)]
    [InlineData(404, SignerStatus.Unreachable)]
    [InlineData(429, SignerStatus.Unreachable)]
    public async Task A_server_that_is_no_signer_is_not_one(int status, SignerStatus expected) =>
        Assert.Equal(expected, (await AskAsync("<html>"u8.ToArray(), (HttpStatusCode)status)).Status);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":{"raw":"0x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"raw":"0x","raw":"0x"}}""")]
    public async Task An_answer_that_cannot_be_read_is_a_wrong_one(string answer) =>
        Assert.Equal(SignerStatus.WrongAnswer, (await AskAsync(Encoding.UTF8.GetBytes(answer))).Status);

    [Fact]
    public async Task Two_transactions_in_one_answer_are_none()
    {
        var raw = $"\"raw\":\"0x{Convert.ToHexStringLower(_transaction.Sign(TestKeys.Payer).Raw.Span)}\"";

        Assert.Equal(SignerStatus.WrongAnswer, (await AskAsync(Answer($"{{{raw},{raw}}}"))).Status);
        Assert.Equal(SignerStatus.Done, (await AskAsync(Answer($"{{{raw}}}"))).Status);
    }

    [Fact]
    public async Task A_longer_answer_than_allowed_is_not_read()
    {
        var options = new ExternalSignerOptions { MaxResponseBytes = 1_024 };

        Assert.Equal(SignerStatus.WrongAnswer, (await AskAsync(Good.PadRight(1_025), options: options)).Status);
        Assert.Equal(SignerStatus.Done, (await AskAsync(Good.PadRight(1_024), options: options)).Status);
    }

    [Fact]
    public async Task Who_stops_waiting_is_let_go()
    {
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new ScriptedHandler((_, _) =>
        {
            stop.Cancel();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress).SignTypedDataAsync(MailOfTheEip.Create(), stop.Token));
    }

    [Fact]
    public async Task What_is_asked_for_is_the_transaction_in_each_number()
    {
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[32];
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(33)).Clear();
            var transaction = _transaction with { Value = UInt256.ReadBigEndian(bytes), Nonce = (ulong)random.NextInt64(), To = random.Next(3) == 0 ? null : TestKeys.Usdc };
            using var request = JsonDocument.Parse(await AskedAsync(transaction));
            var asked = request.RootElement.GetProperty("params")[0];
            Assert.Equal(transaction.Value, Number(asked, "value"));
            Assert.Equal((UInt256)transaction.Nonce, Number(asked, "nonce"));
            Assert.Equal((UInt256)transaction.GasLimit, Number(asked, "gas"));
            Assert.Equal(transaction.MaxFeePerGas, Number(asked, "maxFeePerGas"));
            Assert.Equal(transaction.To is not null, asked.TryGetProperty("to", out var to) && to.GetString() == TestKeys.Usdc.ToString());
            Assert.Equal(TestKeys.PayerAddress.ToString(), asked.GetProperty("from").GetString());
        }
    }

    // Without a zero in front: clef refuses it.
    static UInt256 Number(JsonElement asked, string name)
    {
        var digits = asked.GetProperty(name).GetString()![2..];
        Assert.True(digits == "0" || digits[0] != '0', digits);
        return UInt256.ReadBigEndian(Convert.FromHexString(digits.PadLeft(64, '0')));
    }

    static async Task<string> AskedAsync(Eip1559Transaction transaction)
    {
        var asked = "";
        using var http = new HttpClient(new ScriptedHandler(body =>
        {
            asked = body;
            return Good;
        }));
        await new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress).SignTransactionAsync(transaction, default);
        return asked;
    }

    static string Answer(string result) => $$"""{"jsonrpc":"2.0","id":1,"result":{{result}} }""";

    static Task<SignerOutcome<SignedTransaction>> AskAsync(string answer, ExternalSignerOptions? options = null) =>
        AskAsync(Encoding.UTF8.GetBytes(answer), options: options);

    static async Task<SignerOutcome<SignedTransaction>> AskAsync(byte[] answer, HttpStatusCode status = HttpStatusCode.OK, ExternalSignerOptions? options = null)
    {
        using var http = new HttpClient(new ScriptedHandler((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new ByteArrayContent(answer) })));
        return await new ExternalSigner(http, new Uri("http://signer.test"), TestKeys.PayerAddress, options).SignTransactionAsync(_transaction, default);
    }
}
