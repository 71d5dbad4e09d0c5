using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Betar.X402.Settling;

namespace Betar.Grains.Tests.Settlement;

/// <summary>What the chain says of a call under a permit, whose contract says "used" and not for what.</summary>
public sealed class CallFateTests
{
    private const ulong Price = 1_000;
    private static readonly Address s_proxy = Address.Parse("0x402085c248EeA27D92E8b30b2C58ed07f9E20001");
    private static readonly Address s_permits = Address.Parse("0x000000000022D473030F116dDEE9F6B43aC78BA3");
    private static readonly byte[] s_data = [1, 2, 3, 4, 5];

    // The number 0x…1f's lowest byte is 31: the bit of that place in its word.
    private static readonly UInt256 s_number = UInt256.Parse("799");

    private readonly List<LogEntry> _logs = [Move(Samples.Transaction)];
    private readonly List<LogFilter> _asked = [];
    private readonly Dictionary<Hash32, TransactionReceipt> _receipts = new() { [Samples.Transaction] = Receipt(Samples.Transaction) };
    private readonly Dictionary<Hash32, KnownTransaction> _known = new() { [Samples.Transaction] = Known(Samples.Transaction, s_proxy, s_data) };
    private UInt256 _bitmap = UInt256.Parse("2147483648");
    private RpcOutcome<byte[]> _simulation = RpcOutcome.Value(Array.Empty<byte>());
    private CallRequest? _simulated;
    private ulong _now = 20, _head = 1;
    private int _confirmations = 1;
    private bool _tells = true;

    [Fact]
    public async Task A_used_permit_whose_call_stands_on_the_chain_is_settled()
    {
        SettlementResult result = await FindAsync();
        Assert.Equal((SettlementState.Settled, Samples.Transaction.ToString()), (result.State, result.TransactionHash));
    }

    [Fact]
    public async Task A_transfer_of_the_same_price_by_another_call_is_not_it()
    {
        _known[Samples.Transaction] = Known(Samples.Transaction, s_proxy, [1, 2, 3, 4, 6]);
        await AssertAsync(SettlementState.Pending);
        _known[Samples.Transaction] = Known(Samples.Transaction, Samples.Token, s_data);
        await AssertAsync(SettlementState.Pending);
        _known.Clear();
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task The_one_that_is_meant_is_found_among_many()
    {
        for (byte other = 1; other < 9; other++)
        {
            var hash = new Hash32(Keccak256.Hash([other]));
            _logs.Insert(other % 2 == 0 ? 0 : _logs.Count, Move(hash));
            _receipts[hash] = Receipt(hash);
            _known[hash] = Known(hash, s_proxy, [other]);
        }
        await AssertAsync(SettlementState.Settled);
    }

    [Fact]
    public async Task A_call_that_failed_or_moved_another_amount_is_not_it()
    {
        _receipts[Samples.Transaction] = Receipt(Samples.Transaction) with { Succeeded = false };
        await AssertAsync(SettlementState.Pending);
        _receipts[Samples.Transaction] = TokenLogs.Receipt(Samples.Transaction, TokenLogs.Transfer(Samples.Transaction, Samples.Payer, Samples.Payee, Price - 1));
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task A_node_that_does_not_say_what_a_transaction_was_decides_nothing()
    {
        _tells = false;
        _now = 1_000;
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task A_permit_that_was_used_for_something_else_is_refused_when_its_time_is_over()
    {
        _logs.Clear();
        await AssertAsync(SettlementState.Pending);
        _now = 69;
        await AssertAsync(SettlementState.Pending);
        _now = 70;
        await AssertAsync(SettlementState.Refused, RevertReasons.NonceUsed);
    }

    [Fact]
    public async Task An_unused_one_can_still_happen_until_its_time_is_over()
    {
        _bitmap = UInt256.MaxValue - UInt256.Parse("2147483648");
        await AssertAsync(SettlementState.Unused);
        Assert.Equal((s_proxy, Samples.Payee), (_simulated!.To, _simulated.From));
        _now = 70;
        await AssertAsync(SettlementState.Refused, RevertReasons.Expired);
    }

    [Fact]
    public async Task One_that_the_contract_would_refuse_now_is_pending_with_its_word()
    {
        _bitmap = UInt256.Zero;
        _simulation = RpcOutcome.Error<byte[]>(new RpcError(3, "execution reverted: not today", default));
        Assert.Contains("not today", (await FindAsync()).Reason, StringComparison.Ordinal);
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task Too_few_blocks_on_it_leave_it_unconfirmed()
    {
        (_confirmations, _head) = (3, 2);
        await AssertAsync(SettlementState.Pending, AuthorizationFate.Unconfirmed);
        _head = 3;
        await AssertAsync(SettlementState.Settled);
    }

    [Fact]
    public async Task Only_blocks_from_its_time_on_are_looked_through()
    {
        _head = 1_000;
        await FindAsync(Request() with { Since = 400 });
        Assert.Equal(40ul, Assert.Single(_asked).FromBlock);
        await FindAsync();
        Assert.Equal(0ul, _asked[^1].FromBlock);
    }

    [Fact]
    public async Task An_authorisation_that_is_cancelled_is_over()
    {
        SettlementRequest request = Request() with { Permit = null, Use = new AuthorizationUse(Samples.Token, Samples.Payer, Samples.Nonce) };
        _logs.Clear();
        await AssertAsync(SettlementState.Pending, request: request);
        _logs.Add(TokenLogs.Canceled(Samples.Transaction, Samples.Payer, Samples.Nonce));
        await AssertAsync(SettlementState.Refused, RevertReasons.NonceUsed, request);
        (_confirmations, _head) = (2, 1);
        await AssertAsync(SettlementState.Pending, AuthorizationFate.Unconfirmed, request);
    }

    private async Task AssertAsync(SettlementState state, string? reason = null, SettlementRequest? request = null)
    {
        SettlementResult result = await FindAsync(request);
        Assert.Equal(state, result.State);
        if (reason is not null)
            Assert.Equal(reason, result.Reason);
    }

    private Task<SettlementResult> FindAsync(SettlementRequest? request = null) => new CallFate(new ScriptedChain
    {
        Call = Answer,
        Logs = filter =>
        {
            _asked.Add(filter);
            return [.. _logs.Where(log => log.Topics[0] == filter.Topics[0])];
        },
        Receipt = hash => _receipts.GetValueOrDefault(hash),
        Known = _tells ? hash => _known.GetValueOrDefault(hash) : null,
        BlockNumber = () => _head,
        Timestamp = () => _now,
        Header = number => new BlockHeader(number, Hash32.Zero, Hash32.Zero, _head == 1_000 ? number * 10 : _now, null),
    }, Samples.Payee, _confirmations).FindAsync(request ?? Request());

    private RpcOutcome<byte[]> Answer(CallRequest call)
    {
        byte[] word = new byte[32];
        if (call.To == s_permits)
            _bitmap.WriteBigEndian(word);
        else if (call.To == Samples.Token)
            word[31] = 1;
        else
            _simulated = call;
        return call.To == s_proxy ? _simulation : RpcOutcome.Value(word);
    }

    private static SettlementRequest Request() => new()
    {
        Key = Samples.Key, Call = new ContractCall(s_proxy, s_data, 50_000), ValidBefore = 70, Permit = new PermitUse(s_permits, Samples.Payer, s_number),
        Transfer = new ExpectedTransfer(Samples.Token, Samples.Payer, Samples.Payee, Price),
    };

    private static LogEntry Move(Hash32 transaction) => TokenLogs.Transfer(transaction, Samples.Payer, Samples.Payee, Price);

    private static TransactionReceipt Receipt(Hash32 transaction) => TokenLogs.Receipt(transaction, Move(transaction));

    private static KnownTransaction Known(Hash32 transaction, Address to, byte[] data) =>
        new(transaction, Samples.Payee, 0, 1) { To = to, DataHash = new Hash32(Keccak256.Hash(data)) };
}
