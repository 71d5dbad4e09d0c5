using System.Buffers.Binary;
using System.Collections.Concurrent;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Cluster.Tests.Support;

/// <summary>
/// A multicall between the silos and a chain that has one contract: it brings each call of a batch in a transaction of its own, and answers with
/// one receipt of them all. The first transaction that is no batch waits until a batch has come, so that there is one.
/// </summary>
internal sealed class MulticallStandIn : IDisposable
{
    private readonly World _world;
    private readonly PrivateKey _hand = PrivateKey.Generate();
    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _alone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _one = new(1);

    public MulticallStandIn(World world, bool holdsFirst = true)
    {
        _world = world;
        if (!holdsFirst)
            _come.SetResult();
        world.Between.Send = raw => SendAsync(raw);
    }

    /// <summary>How many calls each batch had, in the order of their coming.</summary>
    public ConcurrentQueue<int> Sizes { get; } = [];

    /// <summary>The batches' call data and transaction nonces.</summary>
    public ConcurrentQueue<Eip1559Transaction> Batches { get; } = [];

    /// <summary>Whether a batch undoes itself whole.</summary>
    public bool Reverts { get; set; }

    /// <summary>What is answered instead of a batch's receipt, which the chain has.</summary>
    public Func<Task<RpcOutcome<TransactionReceipt>>>? Answer { get; set; }

    /// <summary>What is answered to a batch that the chain does not get.</summary>
    public Func<RpcOutcome<TransactionReceipt>>? Lost { get; set; }

    /// <summary>A transaction that is no batch is on its way.</summary>
    public Task AloneCame => _alone.Task;

    public void Dispose()
    {
        _hand.Dispose();
        _one.Dispose();
    }

    private async Task<RpcOutcome<TransactionReceipt>> SendAsync(ReadOnlyMemory<byte> raw)
    {
        Assert.True(Eip1559Transaction.TryDecode(raw, out SignedTransaction? signed, out _));
        Eip1559Transaction sent = signed!.Transaction;
        if (sent.To != Multicall3.StandardAddress)
        {
            _alone.TrySetResult();
            await _come.Task;
            return await ForwardAsync(raw);
        }

        IReadOnlyList<ContractCall> calls = CallsOf(sent.Data.Span);
        Sizes.Enqueue(calls.Count);
        Batches.Enqueue(sent);
        try
        {
            if (Lost is { } lost)
                return lost();
            TransactionReceipt receipt = await ApplyAsync(raw, calls);
            return Answer is { } answer ? await answer() : RpcOutcome.Value(receipt);
        }
        finally
        {
            _come.TrySetResult();
        }
    }

    private async Task<TransactionReceipt> ApplyAsync(ReadOnlyMemory<byte> raw, IReadOnlyList<ContractCall> calls)
    {
        await _one.WaitAsync();
        try
        {
            List<LogEntry> logs = [];
            foreach (ContractCall call in Reverts ? [] : calls)
                logs.AddRange((await _world.Chain.SendAsync(call, _hand)).Logs);
            _come.TrySetResult();
            TransactionReceipt own = (await ForwardAsync(raw)).Value;
            return own with { Succeeded = !Reverts, Logs = logs };
        }
        finally
        {
            _one.Release();
        }
    }

    private Task<RpcOutcome<TransactionReceipt>> ForwardAsync(ReadOnlyMemory<byte> raw) =>
        _world.Chain.Client.SendRawTransactionSyncAsync(raw, TimeSpan.FromSeconds(10), default);

    private static List<ContractCall> CallsOf(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> array = data[(4 + 32)..];
        int count = Number(array);
        List<ContractCall> calls = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> tuple = array[(32 + Number(array[(32 + (32 * i))..]))..];
            Assert.Equal(1, Number(tuple[32..]));
            ReadOnlySpan<byte> bytes = tuple[Number(tuple[64..])..];
            calls.Add(new ContractCall(
                Address.Parse("0x" + Convert.ToHexString(tuple.Slice(12, 20))), bytes.Slice(32, Number(bytes)).ToArray(), Eip3009Token.TransferGasLimit));
        }
        return calls;
    }

    private static int Number(ReadOnlySpan<byte> word) => BinaryPrimitives.ReadInt32BigEndian(word[28..]);
}
