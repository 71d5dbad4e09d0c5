using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum.Devnet;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Support;

/// <summary>A devnet chain with a file, a clock and short ways to talk to it.</summary>
internal sealed class TestChain : IAsyncDisposable
{
    readonly TemporaryFolder? _folder;
    ulong _nonce;

    TestChain(DevnetChain chain, ManualTime time, string path, TemporaryFolder? folder) =>
        (Chain, Time, Path, _folder) = (chain, time, path, folder);

    internal DevnetChain Chain { get; private set; }

    internal ManualTime Time { get; }

    internal string Path { get; }

    internal static Eip3009Token Token { get; } = new(new NoChain(), TestKeys.Usdc);

    internal static async Task<TestChain> StartAsync(DevnetOptions? options = null)
    {
        var folder = new TemporaryFolder();
        var path = System.IO.Path.Combine(folder.Path, "devnet.db");
        var time = new ManualTime();
        return new TestChain(await DevnetChain.OpenAsync(path, options ?? new DevnetOptions(), time), time, path, folder);
    }

    internal static TestChain Over(IAppendFile file, DevnetOptions? options = null, ManualTime? time = null)
    {
        time ??= new ManualTime();
        return new TestChain(DevnetChain.Open(file, options ?? new DevnetOptions(), time), time, "", null);
    }

    internal async Task RestartAsync(DevnetOptions? options = null)
    {
        await Chain.DisposeAsync();
        Chain = await DevnetChain.OpenAsync(Path, options ?? new DevnetOptions(), Time);
    }

    internal async Task<(DevnetAnswer Answer, string Text)> PostAsync(byte[] body, CancellationToken cancellationToken = default)
    {
        var response = new ArrayBufferWriter<byte>();
        var answer = await Chain.ExecuteJsonRpcAsync(body, response, cancellationToken);
        return (answer, Encoding.UTF8.GetString(response.WrittenSpan));
    }

    internal async Task<JsonNode> PostAsync(string body, CancellationToken cancellationToken = default)
    {
        var (answer, text) = await PostAsync(Encoding.UTF8.GetBytes(body), cancellationToken);
        Assert.Equal(DevnetAnswer.Body, answer);
        return JsonNode.Parse(text)!;
    }

    internal Task<JsonNode> RequestAsync(string method, string parameters = "[]", CancellationToken cancellationToken = default) =>
        PostAsync($$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""", cancellationToken);

    internal async Task<JsonNode?> ResultAsync(string method, string parameters = "[]", CancellationToken cancellationToken = default)
    {
        var reply = await RequestAsync(method, parameters, cancellationToken);
        Assert.True(reply["error"] is null, reply.ToJsonString());
        return reply["result"];
    }

    internal async Task<(int Code, string Message)> ErrorAsync(string method, string parameters = "[]")
    {
        var reply = await RequestAsync(method, parameters);
        Assert.True(reply["error"] is not null, reply.ToJsonString());
        return (reply["error"]!["code"]!.GetValue<int>(), reply["error"]!["message"]!.GetValue<string>());
    }

    internal async Task<ulong> HeightAsync() => Quantity(await ResultAsync("eth_blockNumber"));

    internal async Task<ulong> NonceAsync(string tag = "latest") =>
        Quantity(await ResultAsync("eth_getTransactionCount", $"[\"{TestKeys.SenderAddress}\",\"{tag}\"]"));

    internal Task FundAsync(Address account, ulong amount) => ResultAsync("devnet_fund", $"[\"{account}\",\"{amount}\"]");

    internal async Task<UInt256> BalanceAsync(Address account)
    {
        var word = await CallAsync(Eip3009Token.EncodeBalanceOf(account));
        return UInt256.ReadBigEndian(word);
    }

    internal async Task<bool> IsUsedAsync(string nonce, Address? authorizer = null)
    {
        var word = await CallAsync(Eip3009Token.EncodeAuthorizationState(authorizer ?? TestKeys.PayerAddress, TestKeys.NonceOf(nonce)));
        return word[31] == 1;
    }

    internal async Task<byte[]> CallAsync(byte[] data) => FromHex((await ResultAsync("eth_call", CallParameters(data)))!);

    internal static string CallParameters(byte[] data, Address? from = null) =>
        $$"""[{"from":"{{from ?? TestKeys.SenderAddress}}","to":"{{TestKeys.Usdc}}","data":"{{Hex(data)}}"},"latest"]""";

    /// <summary>A transaction of the sender with its next nonce, or with the one given.</summary>
    internal SignedTransaction Transaction(ReadOnlyMemory<byte> data, ulong? nonce = null, ulong gas = 200_000, Address? to = null, PrivateKey? sender = null) =>
        new Eip1559Transaction
        {
            ChainId = Chain.ChainId,
            Nonce = nonce ?? _nonce++,
            GasLimit = gas,
            To = to ?? TestKeys.Usdc,
            Data = data,
        }.Sign(sender ?? TestKeys.Sender);

    internal SignedTransaction Settlement(SignedTransferAuthorization authorization, ulong? nonce = null) =>
        Transaction(Token.Settle(authorization).Data, nonce);

    internal Task<JsonNode> SendSyncAsync(SignedTransaction transaction, CancellationToken cancellationToken = default) =>
        RequestAsync("eth_sendRawTransactionSync", Raw(transaction), cancellationToken);

    /// <summary>Sends and answers the receipt.</summary>
    internal async Task<JsonNode> SettleAsync(SignedTransferAuthorization authorization)
    {
        var reply = await SendSyncAsync(Settlement(authorization));
        Assert.True(reply["error"] is null, reply.ToJsonString());
        return reply["result"]!;
    }

    internal static string Raw(SignedTransaction transaction) => $"[\"{Hex(transaction.Raw.Span)}\"]";

    internal static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    internal static byte[] FromHex(JsonNode node) => Convert.FromHexString(node.GetValue<string>()[2..]);

    internal static ulong Quantity(JsonNode? node) =>
        ulong.Parse(node!.GetValue<string>()[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Chain.DisposeAsync();
        _folder?.Dispose();
    }
}
