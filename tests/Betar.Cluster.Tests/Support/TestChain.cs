using System.Net.Http.Json;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Devnet;
using Betar.Grains.Settlement;
using Betar.X402.Networks;

namespace Betar.Cluster.Tests.Support;

/// <summary>A devnet chain in this process, the client that silos use, and a tester's own ways to look and to break.</summary>
internal sealed class TestChain : IAsyncDisposable
{
    private static readonly Uri s_endpoint = new("http://chain.test/");

    private readonly DevnetChain _chain;
    private readonly HttpClient _http;

    private TestChain(DevnetChain chain, TimeSpan callTimeout)
    {
        _chain = chain;
        Node = new ChainHandler(chain);
        _http = new HttpClient(Node);
        Client = new JsonRpcChainClient(
            _http, s_endpoint, new JsonRpcOptions { CallTimeout = callTimeout, SyncSendMargin = TimeSpan.FromMilliseconds(100) });
        Token = new Eip3009Token(Client, chain.Token);
    }

    public ChainHandler Node { get; }

    public IChainClient Client { get; }

    public Eip3009Token Token { get; }

    public static async Task<TestChain> OpenAsync(string path, TimeProvider time, TimeSpan callTimeout) =>
        new(await DevnetChain.OpenAsync(path, new DevnetOptions(), time), callTimeout);

    public Task FundAsync(Address account, ulong units) => ControlAsync("devnet_fund", account.ToString(), $"{units}");

    /// <summary>Ends the faults that are in force, or begins one: {"kind":"outage"}.</summary>
    public Task SetFaultAsync(object fault) => ControlAsync("devnet_setFault", fault);

    public Task MineAsync(int blocks) => ControlAsync("devnet_mine", blocks);

    public Task HealAsync() => SetFaultAsync(new { kind = "none" });

    public async Task<ulong> BalanceAsync(Address account) => (ulong)(await Token.BalanceOfAsync(account, default)).Value;

    /// <summary>The authorisations of one account that were used, by the token's own events.</summary>
    public async Task<int> TransfersOfAsync(Address payer)
    {
        IReadOnlyList<LogEntry> logs = await Client.GetLogsAsync(
            new LogFilter { Address = Token.Address, FromBlock = 0 }, CancellationToken.None);
        return logs.Count(log => AuthorizationEvent.TryDecode(log, Token.Address, out AuthorizationEvent? used)
            && used!.Authorizer == payer && !used.Canceled);
    }

    /// <summary>Somebody's transaction, from an account of its own or from a given one.</summary>
    public async Task<TransactionReceipt> SendAsync(ContractCall call, PrivateKey sender)
    {
        ulong nonce = await Client.GetTransactionCountAsync(Address.FromKey(sender), BlockTag.Pending, default);
        ReadOnlyMemory<byte> raw = call.ToTransaction(_chain.ChainId, nonce, UInt256.Zero, UInt256.Zero).Sign(sender).Raw;
        return (await Client.SendRawTransactionSyncAsync(raw, TimeSpan.FromSeconds(10), default)).Value;
    }

    /// <summary>The payer takes an authorisation back before it is used.</summary>
    public async Task CancelAsync(PrivateKey payer, Hash32 nonce)
    {
        Address authorizer = Address.FromKey(payer);
        byte[] words = new byte[3 * 32];
        Keccak256.Hash("CancelAuthorization(address authorizer,bytes32 nonce)"u8, words.AsSpan(0, 32));
        authorizer.CopyTo(words.AsSpan(44, 20));
        nonce.CopyTo(words.AsSpan(64, 32));
        byte[] typed = new byte[66];
        typed[0] = 0x19;
        typed[1] = 0x01;
        PaymentAsset.BaseSepoliaUsdc.Domain.Separator.CopyTo(typed.AsSpan(2, 32));
        Keccak256.Hash(words, typed.AsSpan(34, 32));
        byte[] signature = new byte[PrivateKey.SignatureSize];
        payer.Sign(Keccak256.Hash(typed), signature);
        signature[^1] += 27;
        var call = new ContractCall(
            Token.Address, Eip3009Token.EncodeCancelAuthorization(authorizer, nonce, signature), Eip3009Token.TransferGasLimit);
        Assert.True((await SendAsync(call, payer)).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _chain.DisposeAsync();
    }

    private async Task ControlAsync(string method, params object[] parameters)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(s_endpoint, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("error", out JsonElement error), error.ToString());
    }
}
