using Betar.Crypto;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc;

/// <summary>Headers, transactions, balances and advice on fees: against the devnet, and of wrong shape.</summary>
public sealed class ChainReadTests
{
    const string Hash = "0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818";
    const string Block = $$"""{"number":"0x7","timestamp":"0x9","hash":"{{Hash}}","parentHash":"{{Hash}}","baseFeePerGas":"0xb","gasLimit":"0xd"}""";
    const string Transaction = $$"""{"hash":"{{Hash}}","from":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","nonce":"0x3","blockNumber":"0x7"}""";

    [Fact]
    public async Task The_devnets_blocks_and_transactions_are_read()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5_000);
        using var http = new HttpClient(new DevnetHandler(chain.Chain));
        var client = new JsonRpcChainClient(http, new Uri("http://devnet.test/"));
        var transaction = chain.Settlement(TokenSigner.Transfer("read"));
        await chain.SendSyncAsync(transaction);

        var head = (await client.GetHeaderAsync(BlockTag.Latest, default)).Value!;
        var parent = (await client.GetHeaderAsync(BlockTag.Number(head.Number - 1), default)).Value!;
        Assert.Equal((2UL, parent.Hash, (UInt256?)UInt256.Zero), (head.Number, head.ParentHash, head.BaseFeePerGas));
        Assert.Null((await client.GetHeaderAsync(BlockTag.Number(99), default)).Value);
        var made = transaction.Transaction;
        var known = (await client.FindTransactionAsync(transaction.Hash, default)).Value!;
        Assert.Equal(
            new KnownTransaction(transaction.Hash, TestKeys.SenderAddress, 0, 2) { To = made.To, DataHash = new Hash32(Keccak256.Hash(made.Data.Span)) }, known);
        Assert.True(known.Makes(new ContractCall(made.To!.Value, made.Data, 1)));
        Assert.False(known.Makes(new ContractCall(TestKeys.PayerAddress, made.Data, 1)));
        Assert.False(known.Makes(new ContractCall(made.To!.Value, made.Data[1..], 1)));
        Assert.Null((await client.FindTransactionAsync(Hash32.Zero, default)).Value);
        Assert.Equal(UInt256.Zero, (await client.GetBalanceAsync(TestKeys.PayerAddress, default)).Value);
        Assert.Equal(UInt256.Zero, (await client.GetPriorityFeeAsync(default)).Value);
        Assert.Equal(2, (await client.FindLogsAsync(new LogFilter(), default)).Value.Count);
    }

    [Fact]
    public async Task A_block_is_read_with_its_base_fee_or_without()
    {
        var header = (await Client(Block).GetHeaderAsync(BlockTag.Latest, default)).Value!;
        Assert.Equal(new BlockHeader(7, Hash32.Parse(Hash), Hash32.Parse(Hash), 9, 11) { GasLimit = 13 }, header);
        Assert.Null((await Client(Block.Replace(",\"baseFeePerGas\":\"0xb\"", "", StringComparison.Ordinal)).GetHeaderAsync(BlockTag.Latest, default)).Value!.BaseFeePerGas);
        Assert.Null((await Client("null").GetHeaderAsync(BlockTag.Latest, default)).Value);
    }

    [Theory]
    [InlineData("number", "\"0x7\"")]
    [InlineData("timestamp", "\"0x9\"")]
    [InlineData("parentHash", $"\"{Hash}\"")]
    [InlineData("baseFeePerGas", "\"0xb\"")]
    [InlineData("gasLimit", "\"0xd\"")]
    public async Task A_block_of_another_shape_is_no_answer(string member, string value)
    {
        foreach (var wrong in new[] { "7", "\"7\"", "{}", "[]", "true", "\"0xg\"" })
            await AssertInvalid($"\"{member}\":{wrong}");
        if (member is not ("baseFeePerGas" or "gasLimit"))
            await AssertInvalid($"\"{member}\":null");

        async Task AssertInvalid(string changed) => Assert.Equal(
            RpcStatus.InvalidResponse,
            (await Client(Block.Replace($"\"{member}\":{value}", changed, StringComparison.Ordinal)).GetHeaderAsync(BlockTag.Latest, default)).Status);
    }

    [Theory]
    [InlineData("\"hash\":\"0x71\"")]
    [InlineData("\"from\":null")]
    [InlineData("\"nonce\":3")]
    [InlineData("\"blockNumber\":\"x\"")]
    public async Task A_transaction_of_another_shape_is_no_answer(string changed)
    {
        var member = changed.Split(':')[0];
        var parts = Transaction[1..^1].Split(',').Select(part => part.StartsWith(member, StringComparison.Ordinal) ? changed : part);

        Assert.True((await Client(Transaction).FindTransactionAsync(Hash32.Zero, default)).IsValue);
        Assert.Equal(RpcStatus.InvalidResponse, (await Client($"{{{string.Join(',', parts)}}}").FindTransactionAsync(Hash32.Zero, default)).Status);
    }

    [Fact]
    public async Task A_client_that_stands_for_less_than_a_node_says_so()
    {
        IChainClient less = new NoChain();

        Assert.True((await less.GetHeaderAsync(BlockTag.Latest, default)).Error!.IsNotUnderstood);
        Assert.True((await less.FindTransactionAsync(Hash32.Zero, default)).Error!.IsNotUnderstood);
        Assert.True((await less.GetBalanceAsync(default, default)).Error!.IsNotUnderstood);
        Assert.True((await less.GetPriorityFeeAsync(default)).Error!.IsNotUnderstood);
        Assert.True((await less.FindLogsAsync(new LogFilter(), default)).Error!.IsNotUnderstood);
    }

    static JsonRpcChainClient Client(string result) => new(
        new HttpClient(new ScriptedHandler(_ => $$"""{"jsonrpc":"2.0","id":1,"result":{{result}} }""")), new Uri("http://node"));
}
