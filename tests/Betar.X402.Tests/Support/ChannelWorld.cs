using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;

namespace Betar.X402.Tests.Support;

/// <summary>The channels' contract as a model, the node that is asked about it and whoever sends to it; a test says when which of them fails.</summary>
internal sealed class ChannelWorld : ISettlementChannel, IDisposable
{
    private readonly Dictionary<Hash32, (AtomicAmount Balance, AtomicAmount Claimed, bool Leaving)> _channels = [];
    private readonly Dictionary<(Address, Address), (AtomicAmount Claimed, AtomicAmount Paid)> _receivers = [];
    private readonly PrivateKey _authorizer = PrivateKey.Generate();

    internal ChannelWorld()
    {
        Chain = new ModelChain(this);
        Signer = new LocalSigner(_authorizer);
    }

    internal static NetworkId Network => NetworkId.BaseSepolia;

    internal ModelChain Chain { get; }

    internal LocalSigner Signer { get; }

    internal IChains Chains => new Chains(new Dictionary<NetworkId, IChainClient> { [Network] = Chain });

    /// <summary>What was sent, whatever became of it.</summary>
    internal List<SettlementRequest> Sent { get; } = [];

    /// <summary>What happens to the next thing that is sent. Default: it is included and that is said.</summary>
    internal Func<Action, SettlementRequest, CancellationToken, Task<SettlementOutcome>> Fate { get; set; } = Included;

    /// <summary>Channels whose voucher the contract does not like.</summary>
    internal HashSet<Hash32> Bad { get; } = [];

    internal ulong Paid(Address receiver) => (ulong)_receivers.Where(one => one.Key.Item1 == receiver).Sum(one => long.Parse(one.Value.Paid.ToString(), null));

    internal PaymentChannel Channel(int salt, Address? receiver = null, Address? authorizer = null, ulong delay = 900) => PaymentChannel.Of(Network, new ChannelConfig(
        Address.Parse(Vectors.Payer), Address.Parse(Vectors.Payer), receiver ?? Vectors.SellerAddress, authorizer ?? Signer.Address, Address.Parse(Golden.Usdc), delay,
        new Hash32(Enumerable.Repeat((byte)salt, 32).ToArray())));

    internal void Fill(PaymentChannel channel, ulong balance) => _channels[channel.Id] = (balance, 0, false);

    internal void Leave(PaymentChannel channel) => _channels[channel.Id] = _channels[channel.Id] with { Leaving = true };

    internal void Withdraw(PaymentChannel channel, ulong left) => _channels[channel.Id] = _channels[channel.Id] with { Balance = left };

    internal AtomicAmount Claimed(PaymentChannel channel) => _channels[channel.Id].Claimed;

    internal static Task<SettlementOutcome> Included(Action include, SettlementRequest request, CancellationToken cancellationToken)
    {
        include();
        return Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));
    }

    /// <summary>Somebody sends this without us.</summary>
    internal void Include(SettlementRequest request) => Run(request.Call, mayPay: true);

    public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        Sent.Add(request);
        return Fate(() => Include(request), request, cancellationToken);
    }

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A run's channels say how it ended.");

    public void Dispose() => _authorizer.Dispose();

    private bool Run(ContractCall call, bool mayPay)
    {
        if (!Is(BatchContract.Multicall, call.Data))
            return Claim(call.Data, mayPay);
        var steps = (object[])Read(BatchContract.Multicall, call.Data)[0];
        Assert.True(Claim((byte[])steps[0], mayPay), "a claim was sent that the contract refuses");
        var key = Read(BatchContract.Settle, (byte[])steps[1]);
        var receiver = ((Address)key[0], (Address)key[1]);
        _receivers[receiver] = (_receivers[receiver].Claimed, _receivers[receiver].Claimed);
        return true;
    }

    private bool Claim(ReadOnlyMemory<byte> data, bool mayWrite)
    {
        foreach (var claim in ((object[])Read(BatchContract.Claim, data)[0]).Cast<object[]>())
        {
            var (voucher, total) = ((object[])claim[0], new AtomicAmount((UInt256)claim[2]));
            var config = ConfigOf((object[])voucher[0]);
            var id = BatchHasher.ChannelId(Network, config);
            if (Bad.Contains(id) || !_channels.TryGetValue(id, out var state) || total > state.Balance || total < state.Claimed || total > new AtomicAmount((UInt256)voucher[1]))
                return false;
            if (!mayWrite)
                continue;
            var (receiver, gain) = ((config.Receiver, config.Token), total - state.Claimed);
            var before = _receivers.GetValueOrDefault(receiver);
            _receivers[receiver] = (before.Claimed + gain, before.Paid);
            _channels[id] = state with { Claimed = total };
        }

        return true;
    }

    private static ChannelConfig ConfigOf(object[] words) => new(
        (Address)words[0], (Address)words[1], (Address)words[2], (Address)words[3], (Address)words[4],
        ((UInt256)words[5]).TryToUInt64(out var delay) ? delay : throw new InvalidOperationException("no delay"), new Hash32((byte[])words[6]));

    private static bool Is(AbiFunction function, ReadOnlyMemory<byte> data) =>
        data.Span[..4].SequenceEqual(Convert.FromHexString(function.Selector.ToString("x8", null)));

    private static object[] Read(AbiFunction function, ReadOnlyMemory<byte> data)
    {
        Assert.True(AbiDecoder.TryDecode([.. function.Inputs.Select(input => input.Type)], data.Span[4..], out var values), function.Signature);
        return values;
    }

    /// <summary>A node that knows nothing but the contract.</summary>
    internal sealed class ModelChain(ChannelWorld world) : IChainClient
    {
        internal bool IsAway { get; set; }

        internal ulong Head { get; set; } = 100;

        /// <summary>Of which blocks it was asked.</summary>
        internal List<BlockTag> Asked { get; } = [];

        internal int Looks { get; private set; }

        public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken)
        {
            if (IsAway)
                return Task.FromResult(RpcOutcome.Unreachable<byte[]>());
            Asked.Add(call.Block);
            if (Is(BatchContract.Claim, call.Data))
                return Task.FromResult(world.Claim(call.Data, false) ? RpcOutcome.Value(Array.Empty<byte>()) : RpcOutcome.Error<byte[]>(new RpcError(3, "execution reverted", null)));
            var answer = Is(BatchContract.Channels, call.Data) ? Two(world._channels.GetValueOrDefault(Id(call)) is var channel ? channel.Balance : 0, channel.Claimed)
                : Is(BatchContract.RefundNonce, call.Data) ? AbiEncoder.Encode([AbiType.Parse("uint256")], UInt256.Zero)
                : Is(BatchContract.PendingWithdrawals, call.Data) ? Two(0, Look(Id(call)) ? 1_775_000_000UL : 0)
                : Is(BatchContract.Receivers, call.Data) ? Receivers(call)
                : throw new InvalidOperationException("The contract has no such function.");
            return Task.FromResult(RpcOutcome.Value(answer));
        }

        public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => IsAway ? throw new ChainUnavailableException() : Task.FromResult(Head);

        public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        private bool Look(Hash32 channel)
        {
            Looks++;
            return world._channels.GetValueOrDefault(channel).Leaving;
        }

        private byte[] Receivers(CallRequest call)
        {
            var key = Read(BatchContract.Receivers, call.Data);
            var (claimed, paid) = world._receivers.GetValueOrDefault(((Address)key[0], (Address)key[1]));
            return Two(claimed, paid);
        }

        private static Hash32 Id(CallRequest call) => new(call.Data.Span[4..]);

        private static byte[] Two(AtomicAmount first, AtomicAmount second) => AbiEncoder.Encode([AbiType.Parse("uint128"), AbiType.Parse("uint128")], first.Units, second.Units);
    }
}
