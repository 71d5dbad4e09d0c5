using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Settlement;

public sealed class AuthorizationFateTests
{
    private static readonly Hash32 s_transfer = Hash32.Parse("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    private static readonly Hash32 s_used = Hash32.Parse("0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5");
    private static readonly Hash32 s_canceled = Hash32.Parse("0x1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81");

    private static readonly byte[] s_authorizationState = [0xe9, 0x4a, 0x01, 0x02];

    private static readonly SignedTransferAuthorization s_authorization = new(
        Samples.Payer, Samples.Payee, 1_000, 10, 70, Samples.Nonce, new byte[65]);

    private readonly Queue<RpcOutcome<byte[]>> _laterStates = [];
    private RpcOutcome<byte[]> _state = Flag(true);
    private RpcOutcome<byte[]> _simulation = RpcOutcome.Value(Array.Empty<byte>());
    private List<LogEntry> _uses = [Use()];
    private List<LogEntry> _cancels = [];
    private TransactionReceipt? _receipt = Receipt(Use(), Transfer());
    private ulong _timestamp = 20;
    private Func<ulong, ulong> _timestampOf = _ => 20;
    private int _confirmations = 1;
    private ulong _head = 1;
    private bool _silentReads;

    [Fact]
    public async Task A_transfer_that_is_on_the_chain_is_settled_by_whoever_sent_it()
    {
        SettlementResult result = await FindAsync();

        Assert.Equal((SettlementState.Settled, Samples.Transaction.ToString()), (result.State, result.TransactionHash));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_leaves_it_pending()
    {
        _state = RpcOutcome.Unreachable<byte[]>();
        await AssertAsync(SettlementState.Pending);
        _state = RpcOutcome.TimedOut<byte[]>();
        await AssertAsync(SettlementState.Pending);
        _state = RpcOutcome.Value(new byte[5]);
        await AssertAsync(SettlementState.Pending);
        _state = Flag(true);
        _silentReads = true;
        await AssertAsync(SettlementState.Pending);
        _state = Flag(false);
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task Unused_and_still_valid_can_still_happen()
    {
        _state = Flag(false);
        _timestamp = 69;
        await AssertAsync(SettlementState.Unused);
    }

    [Fact]
    public async Task Unused_and_past_its_window_by_the_chains_clock_never_can()
    {
        _state = Flag(false);
        _timestamp = 70;
        await AssertAsync(SettlementState.Refused, "invalid_exact_evm_payload_authorization_valid_before");
    }

    [Fact]
    public async Task A_cancelled_one_is_refused_by_the_tokens_own_event()
    {
        _uses = [];
        _cancels = [Use() with { Topics = [s_canceled, Topic(Samples.Payer), Samples.Nonce] }];
        await AssertAsync(SettlementState.Refused, "invalid_exact_evm_nonce_already_used");
    }

    [Fact]
    public async Task Used_without_any_event_is_a_node_that_lags_and_not_a_refusal()
    {
        _uses = [];
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task A_receipt_that_is_not_there_yet_is_waited_for()
    {
        _receipt = null;
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task The_nonce_used_for_another_payee_is_refused()
    {
        _receipt = Receipt(Use(), Transfer(to: Samples.Token));
        await AssertAsync(SettlementState.Refused, "invalid_exact_evm_nonce_already_used");
    }

    [Fact]
    public async Task The_nonce_used_for_another_value_is_refused()
    {
        _receipt = Receipt(Use(), Transfer(value: 999));
        await AssertAsync(SettlementState.Refused, "invalid_exact_evm_nonce_already_used");
    }

    [Fact]
    public void A_receipt_carries_the_transfer_only_with_both_events_of_this_token_and_nonce()
    {
        Assert.True(Carries(Use(), Transfer()));

        // A transfer before it, or behind another one, is some other call's.
        Assert.False(Carries(Transfer(), Use()));
        Assert.False(Carries(Use(), Transfer(from: Samples.Token), Transfer()));
        Assert.True(Carries(Use(), Transfer() with { Address = Samples.Payee }, Transfer()));
        Assert.False(Carries());
        Assert.False(Carries(Use()));
        Assert.False(Carries(Transfer()));
        Assert.False(Carries(Use() with { Address = Samples.Payee }, Transfer()));
        Assert.False(Carries(Use(), Transfer() with { Address = Samples.Payee }));
        Assert.False(Carries(Use() with { Topics = [s_used, Topic(Samples.Payer), Hash32.Zero] }, Transfer()));
        Assert.False(Carries(Use() with { Topics = [s_used, Topic(Samples.Payee), Samples.Nonce] }, Transfer()));
        Assert.False(Carries(Use() with { Topics = [s_canceled, Topic(Samples.Payer), Samples.Nonce] }, Transfer()));
        Assert.False(Carries(Use(), Transfer(from: Samples.Token)));
    }

    [Theory]
    [InlineData("ERC20: transfer amount exceeds balance", "invalid_exact_evm_insufficient_balance")]
    [InlineData("FiatTokenV2: authorization is not yet valid", "invalid_exact_evm_payload_authorization_valid_after")]
    [InlineData("FiatTokenV2: invalid signature", "invalid_exact_evm_signature")]
    [InlineData("Pausable: paused", "invalid_exact_evm_transaction_failed")]
    public async Task What_the_token_refuses_now_it_may_take_later_so_it_is_pending_with_the_reason(string revert, string reason)
    {
        _state = Flag(false);
        _simulation = Revert(revert);
        await AssertAsync(SettlementState.Pending, reason);
    }

    [Fact]
    public async Task A_simulation_that_nobody_answers_leaves_it_pending()
    {
        _state = Flag(false);
        _simulation = RpcOutcome.TimedOut<byte[]>();
        await AssertAsync(SettlementState.Pending);
    }

    [Fact]
    public async Task A_token_that_says_expired_is_believed_though_the_last_block_is_old()
    {
        _state = Flag(false);
        _simulation = Revert("FiatTokenV2: authorization is expired");
        await AssertAsync(SettlementState.Refused, "invalid_exact_evm_payload_authorization_valid_before");
    }

    [Fact]
    public async Task One_that_was_used_between_the_two_looks_is_settled_and_not_expired()
    {
        _state = Flag(false);
        _timestamp = 70;
        _laterStates.Enqueue(Flag(true));
        await AssertAsync(SettlementState.Settled);
    }

    [Fact]
    public async Task Expired_is_final_only_when_the_second_look_was_answered()
    {
        _state = Flag(false);
        _timestamp = 70;
        _laterStates.Enqueue(RpcOutcome.Unreachable<byte[]>());
        await AssertAsync(SettlementState.Pending);
    }

    [Theory]
    [InlineData(1ul, false)]
    [InlineData(2ul, false)]
    [InlineData(3ul, true)]
    [InlineData(9ul, true)]
    public async Task A_use_counts_when_enough_blocks_hold_it(ulong head, bool counts)
    {
        (_confirmations, _head) = (3, head);
        await AssertAsync(counts ? SettlementState.Settled : SettlementState.Pending, counts ? "" : AuthorizationFate.Unconfirmed);
    }

    [Theory]
    [InlineData(2ul, SettlementState.Pending)]
    [InlineData(3ul, SettlementState.Refused)]
    public async Task A_use_for_another_transfer_and_a_cancellation_can_be_taken_back_as_well(ulong head, SettlementState state)
    {
        (_confirmations, _head) = (3, head);
        _receipt = Receipt(Use(), Transfer(value: 999));
        await AssertAsync(state);
        _uses = [];
        _cancels = [Log([s_canceled, Topic(Samples.Payer), Samples.Nonce], default)];
        await AssertAsync(state);
    }

    [Theory]
    [InlineData(69ul, SettlementState.Unused)]
    [InlineData(70ul, SettlementState.Refused)]
    public async Task Its_window_is_over_only_by_the_clock_of_a_block_that_stays(ulong clock, SettlementState state)
    {
        (_confirmations, _head, _timestamp) = (3, 10, 500);
        _timestampOf = number => number == 8 ? clock : 500;
        _state = Flag(false);
        await AssertAsync(state);
    }

    [Fact]
    public async Task The_tokens_word_on_the_window_is_of_the_last_block_and_does_not_count_where_blocks_are_taken_back()
    {
        (_confirmations, _head) = (3, 10);
        _state = Flag(false);
        _simulation = Revert("FiatTokenV2: authorization is expired");
        await AssertAsync(SettlementState.Pending, RevertReasons.Expired);
    }

    [Fact]
    public async Task A_use_that_came_between_the_look_and_the_simulation_is_looked_at_again()
    {
        _state = Flag(false);
        _laterStates.Enqueue(Flag(true));
        _simulation = Revert("FiatTokenV2: authorization is used or canceled");
        await AssertAsync(SettlementState.Settled);
    }

    private static bool Carries(params LogEntry[] logs) => AuthorizationFate.Carries(Receipt(logs), Samples.Token, s_authorization);

    private async Task AssertAsync(SettlementState state, string? reason = null)
    {
        SettlementResult result = await FindAsync();
        Assert.Equal((state, reason ?? result.Reason), (result.State, result.Reason));
    }

    private Task<SettlementResult> FindAsync() => Fate().FindAsync(Samples.Token, s_authorization);

    private AuthorizationFate Fate() => new(new ScriptedChain
    {
        Call = request => request.Data.Span.StartsWith(s_authorizationState) ? NextState() : _simulation,
        Logs = filter => _silentReads ? throw ScriptedChain.Silence : filter.Topics[0] == s_used ? _uses : _cancels,
        Receipt = _ => _receipt,
        Timestamp = () => _silentReads ? throw ScriptedChain.Silence : _timestamp,
        BlockNumber = () => _head,
        Header = number => new BlockHeader(number, Hash32.Zero, Hash32.Zero, _timestampOf(number), null),
    }, _confirmations);

    private RpcOutcome<byte[]> NextState()
    {
        RpcOutcome<byte[]> now = _state;
        _state = _laterStates.TryDequeue(out RpcOutcome<byte[]> later) ? later : now;
        return now;
    }

    private static RpcOutcome<byte[]> Revert(string reason) =>
        RpcOutcome.Error<byte[]>(new RpcError(RpcError.ExecutionReverted, $"execution reverted: {reason}", default));

    private static RpcOutcome<byte[]> Flag(bool value)
    {
        byte[] word = new byte[32];
        word[^1] = value ? (byte)1 : (byte)0;
        return RpcOutcome.Value(word);
    }

    private static LogEntry Use() => Log([s_used, Topic(Samples.Payer), Samples.Nonce], default);

    private static LogEntry Transfer(Address? from = null, Address? to = null, ulong value = 1_000)
    {
        byte[] word = new byte[32];
        ((UInt256)value).WriteBigEndian(word);
        return Log([s_transfer, Topic(from ?? Samples.Payer), Topic(to ?? Samples.Payee)], word);
    }

    private static LogEntry Log(Hash32[] topics, ReadOnlyMemory<byte> data) =>
        new(Samples.Token, topics, data, 1, Hash32.Zero, Samples.Transaction, 0, 0);

    private static TransactionReceipt Receipt(params LogEntry[] logs) =>
        new(Samples.Transaction, true, 1, Hash32.Zero, 0, Samples.Payee, Samples.Token, 1, logs);

    private static Hash32 Topic(Address address)
    {
        byte[] word = new byte[32];
        address.CopyTo(word.AsSpan(12));
        return new Hash32(word);
    }
}
