using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Cluster.Tests.Model;

/// <summary>A token with EIP-3009 on a chain of blocks that can be taken back: plain, in memory, and nobody's but the model's.</summary>
internal sealed class ModelState(Address token, Func<ulong> clock, Func<Address, bool> isTrusted)
{
    private static readonly Hash32 s_transfer = new(Keccak256.Hash("Transfer(address,address,uint256)"u8));
    private static readonly Hash32 s_used = new(Keccak256.Hash("AuthorizationUsed(address,bytes32)"u8));

    private readonly Dictionary<Address, ulong> _balances = [];
    private readonly Dictionary<Address, ulong> _nonces = [];
    private readonly List<ModelBlock> _blocks = [new(0, Hash32.Zero, 0)];
    private ulong _hashes;
    private ulong _highest;

    public Dictionary<(Address From, Hash32 Nonce), (ModelTransfer? Transfer, LogEntry Log)> Ended { get; } = [];

    public Dictionary<Hash32, TransactionReceipt> Receipts { get; } = [];

    public ModelBlock Head => _blocks[^1];

    public ModelBlock Block(ulong number) => _blocks[(int)number];

    public IEnumerable<LogEntry> Logs => _blocks.SelectMany(block => block.Receipt?.Logs ?? []);

    public ulong Balance(Address account) => _balances.GetValueOrDefault(account);

    public ulong Nonce(Address account) => _nonces.GetValueOrDefault(account);

    /// <summary>Why the token would refuse it; null when it would not.</summary>
    public string? Refuse(ModelTransfer transfer) =>
        clock() >= transfer.ValidBefore ? "FiatTokenV2: authorization is expired"
        : Ended.ContainsKey((transfer.From, transfer.Nonce)) ? "FiatTokenV2: authorization is used or canceled"
        : !transfer.Signed && !isTrusted(transfer.From) ? "FiatTokenV2: invalid signature"
        : Balance(transfer.From) < transfer.Value ? "ERC20: transfer amount exceeds balance"
        : null;

    public TransactionReceipt Include(SignedTransaction transaction, bool revert)
    {
        ModelBlock block = Mine();
        block.Transaction = transaction;
        ulong nonce = Nonce(transaction.Sender);
        _nonces[transaction.Sender] = nonce + 1;
        block.Undo.Push(() => _nonces[transaction.Sender] = nonce);
        ModelTransfer transfer = ModelTransfer.Of(transaction.Transaction.Data.Span);
        bool succeeds = !revert && Refuse(transfer) is null;
        List<LogEntry> logs = [];
        if (succeeds)
        {
            LogEntry used = Log(block, transaction.Hash, 0, [s_used, Topic(transfer.From), transfer.Nonce], default);
            Span<byte> value = stackalloc byte[32];
            ((UInt256)transfer.Value).WriteBigEndian(value);
            logs = [used, Log(block, transaction.Hash, 1, [s_transfer, Topic(transfer.From), Topic(transfer.To)], value.ToArray())];
            Move(block, transfer.From, transfer.To, transfer.Value);
            End(block, transfer.From, transfer.Nonce, transfer, used);
        }

        var receipt = new TransactionReceipt(transaction.Hash, succeeds, block.Number, block.Hash, 0, transaction.Sender, token, 1, logs);
        block.Receipt = receipt;
        Receipts[transaction.Hash] = receipt;
        block.Undo.Push(() => Receipts.Remove(transaction.Hash));
        return receipt;
    }

    /// <summary>Money from nowhere, or to nowhere: faucets, and payers who empty their pockets.</summary>
    public void Give(Address account, long amount)
    {
        ModelBlock block = Mine();
        ulong before = Balance(account);
        _balances[account] = amount < 0 ? before - Math.Min(before, (ulong)-amount) : before + (ulong)amount;
        block.Undo.Push(() => _balances[account] = before);
    }

    /// <summary>The payer takes an authorisation back.</summary>
    public void Cancel(Address payer, Hash32 nonce)
    {
        if (Ended.ContainsKey((payer, nonce)))
            return;
        ModelBlock block = Mine();
        End(block, payer, nonce, null, Log(block, block.Hash, 0, [], default));
    }

    /// <summary>Somebody else brings an authorisation onto the chain.</summary>
    public void Front(ModelTransfer transfer, SignedTransaction carrier)
    {
        if (Refuse(transfer) is null)
            Include(carrier, revert: false);
    }

    public ModelBlock Mine()
    {
        var block = new ModelBlock(Head.Number + 1, new Hash32(Keccak256.Hash(BitConverter.GetBytes(++_hashes))), Math.Max(clock(), Head.Timestamp));
        _blocks.Add(block);
        _highest = Math.Max(_highest, block.Number);
        return block;
    }

    /// <summary>Never deeper than what counts as confirmed: that much the chain promises.</summary>
    /// <returns>The transactions that are on no block any more.</returns>
    public List<SignedTransaction> TakeBack(int blocks)
    {
        List<SignedTransaction> dropped = [];
        for (; blocks > 0 && Head.Number + ModelWorld.Confirmations - 1 > _highest; blocks--)
        {
            ModelBlock block = Head;
            _blocks.RemoveAt(_blocks.Count - 1);
            while (block.Undo.TryPop(out Action? undo))
                undo();
            if (block.Transaction is { } transaction)
                dropped.Insert(0, transaction);
        }
        return dropped;
    }

    private void End(ModelBlock block, Address from, Hash32 nonce, ModelTransfer? transfer, LogEntry log)
    {
        Ended[(from, nonce)] = (transfer, log);
        block.Undo.Push(() => Ended.Remove((from, nonce)));
    }

    private void Move(ModelBlock block, Address from, Address to, ulong value)
    {
        ulong fromBefore = Balance(from), toBefore = Balance(to);
        _balances[from] = fromBefore - value;
        _balances[to] = Balance(to) + value;
        block.Undo.Push(() => (_balances[from], _balances[to]) = (fromBefore, toBefore));
    }

    private LogEntry Log(ModelBlock block, Hash32 transaction, int index, Hash32[] topics, ReadOnlyMemory<byte> data) =>
        new(token, topics, data, block.Number, block.Hash, transaction, 0, index);

    private static Hash32 Topic(Address address)
    {
        Span<byte> word = stackalloc byte[32];
        address.CopyTo(word[12..]);
        return new Hash32(word);
    }
}
