using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Grains.Settlement.Audit;
using Betar.Grains.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Grains.Tests.Settlement;

/// <summary>Each transfer that the chain shows is claimed, explained, or a fault; one way of each.</summary>
public sealed class ReverseAuditTests
{
    private static readonly Hash32 s_hash = Samples.Transaction;
    private static readonly Hash32 s_otherHash = Hash32.Parse("0x" + new string('b', 64));
    private static readonly Hash32 s_otherNonce = Hash32.Parse("0x" + new string('c', 64));
    private static readonly Address s_refunds = Address.Parse("0x779449E5B6AaB499bc0F3e6c7F3Da9cb1b59c75e");

    private readonly Dictionary<PaymentKey, AuditedOrder> _orders = [];
    private readonly List<AuditedSale> _sales = [];
    private readonly List<AuditedTransfer> _claims = [];
    private readonly List<LogEntry> _shown = [];
    private readonly List<AuditFault> _faults = [];
    private TransactionReceipt? _receipt;
    private int _receipts;

    [Fact]
    public async Task What_an_entry_claims_needs_no_explanation()
    {
        Claim(s_hash);
        _shown.Add(Payment());
        Assert.Equal((0, 0, 0), await CompareAsync());
        Assert.Equal(0, _receipts);
    }

    [Fact]
    public async Task A_hash_is_the_same_in_capitals()
    {
        Claim(s_hash, hash => "0x" + hash[2..].ToUpperInvariant());
        _shown.Add(Payment());
        Assert.Equal((0, 0, 0), await CompareAsync());
        Assert.Equal(0, _receipts);
    }

    [Fact]
    public async Task A_claim_covers_one_transfer_and_not_its_twin_in_the_same_transaction()
    {
        Know(LedgerKind.Settled, Samples.Nonce, settled: s_hash);
        Claim(s_hash);
        _shown.AddRange([Payment(), Payment()]);
        Mined(TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce), TokenLogs.Used(s_hash, Samples.Payer, s_otherNonce));
        Assert.Equal((1, 0, 0), await CompareAsync());
        Assert.Equal((AuditFaultKind.PaidUnrecorded, "", s_hash.ToString()), (_faults[0].Kind, _faults[0].Payment, _faults[0].Transaction));
    }

    [Fact]
    public async Task The_twin_may_be_another_orders_whose_entry_is_still_to_be_written()
    {
        Know(LedgerKind.Settled, Samples.Nonce, settled: s_hash);
        Know(LedgerKind.Reserved, s_otherNonce);
        Claim(s_hash);
        _shown.AddRange([Payment(), Payment()]);
        Mined(TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce), TokenLogs.Used(s_hash, Samples.Payer, s_otherNonce));
        Assert.Equal((0, 1, 0), await CompareAsync());
    }

    [Fact]
    public async Task An_order_that_names_another_transaction_was_found_the_other_way_round()
    {
        Know(LedgerKind.Settled, Samples.Nonce, settled: s_otherHash);
        _shown.Add(Payment());
        Mined(TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce));
        Assert.Equal((0, 0, 0), await CompareAsync());
    }

    [Fact]
    public async Task A_refused_order_that_was_paid_is_a_fault()
    {
        Know(LedgerKind.Refused, Samples.Nonce);
        _shown.Add(Payment());
        Mined(TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce));
        Assert.Equal((1, 0, 0), await CompareAsync());
        Assert.Equal((AuditFaultKind.RefusedButPaid, Samples.Key.ToString(), s_hash.ToString()), (_faults[0].Kind, _faults[0].Payment, _faults[0].Transaction));
    }

    [Theory]
    [InlineData(true, 1_000)]
    [InlineData(false, 1_001)]
    public async Task An_order_of_another_payee_or_value_explains_nothing(bool otherPayee, ulong value)
    {
        Know(LedgerKind.Reserved, Samples.Nonce);
        _shown.Add(TokenLogs.Transfer(s_hash, Samples.Payer, otherPayee ? s_refunds : Samples.Payee, value));
        Mined(TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce));
        Assert.Equal((1, 0, 0), await CompareAsync());
        Assert.Equal(AuditFaultKind.PaidUnrecorded, _faults[0].Kind);
    }

    [Fact]
    public async Task Money_without_an_authorisation_of_its_sender_is_told_and_no_fault()
    {
        _shown.AddRange([Payment(), Payment()]);
        Mined(TokenLogs.Used(s_hash, Samples.Payee, Samples.Nonce), TokenLogs.Canceled(s_hash, Samples.Payer, Samples.Nonce));
        Assert.Equal((0, 0, 2), await CompareAsync());
    }

    [Fact]
    public async Task What_is_no_transfer_of_the_token_is_passed_over()
    {
        _shown.AddRange([TokenLogs.Used(s_hash, Samples.Payer, Samples.Nonce), Payment() with { Address = Samples.Payee }]);
        Assert.Equal((0, 0, 0), await CompareAsync());
    }

    [Fact]
    public async Task A_refund_that_is_owed_and_made_is_open_until_its_entry_is_written()
    {
        Know(LedgerKind.RefundOwed, Samples.Nonce);
        Refund(RefundAccount.NonceOf(Samples.Key.ToString()).Value);
        Assert.Equal((0, 1, 0), await CompareAsync());
    }

    [Theory]
    [InlineData(LedgerKind.Settled)]
    [InlineData(LedgerKind.Delivered)]
    public async Task Money_back_for_an_order_that_is_not_owed_any_is_a_fault(LedgerKind stage)
    {
        Know(stage, Samples.Nonce);
        Refund(RefundAccount.NonceOf(Samples.Key.ToString()).Value);
        Assert.Equal((1, 0, 0), await CompareAsync());
        Assert.Equal((AuditFaultKind.LeftUnexplained, s_hash.ToString()), (_faults[0].Kind, _faults[0].Transaction));
    }

    [Fact]
    public async Task Money_that_left_the_refund_account_in_a_transaction_that_nobody_shows_is_a_fault()
    {
        Know(LedgerKind.RefundOwed, Samples.Nonce);
        _shown.Add(TokenLogs.Transfer(s_hash, s_refunds, Samples.Payer, 1_000));
        Assert.Equal((1, 0, 0), await CompareAsync());
    }

    [Theory]
    [InlineData("", 1_000, 0, 1)]
    [InlineData("", 0, 1, 0)]
    [InlineData("paid back elsewhere", 1_000, 1, 0)]
    public async Task Money_back_for_a_sale_beside_the_ledger_is_open_while_it_is_owed_and_else_a_fault(string paidBack, int goesBack, int faults, int open)
    {
        _sales.Add(new AuditedSale(Samples.Key, Samples.Payee, 1_000, s_hash.ToString(), ByPermit: false, (ulong)goesBack, paidBack, IsConserved: true));
        Refund(RefundAccount.NonceOf(Samples.Key.ToString()).Value);
        Assert.Equal((faults, open, 0), await CompareAsync());
        Assert.All(_faults, fault => Assert.Equal(AuditFaultKind.LeftUnexplained, fault.Kind));
    }

    private void Refund(Hash32 nonce)
    {
        _shown.Add(TokenLogs.Transfer(s_hash, s_refunds, Samples.Payer, 1_000));
        Mined(TokenLogs.Used(s_hash, s_refunds, nonce));
    }

    private static LogEntry Payment() => TokenLogs.Transfer(s_hash, Samples.Payer, Samples.Payee, 1_000);

    private void Mined(params LogEntry[] logs) => _receipt = TokenLogs.Receipt(s_hash, logs);

    private void Know(LedgerKind stage, Hash32 nonce, Hash32? settled = null) =>
        _orders.Add(Samples.Key with { Nonce = new Nonce(nonce) }, new AuditedOrder(Samples.Order, stage, true, settled?.ToString(), null));

    private void Claim(Hash32 hash, Func<string, string>? written = null) => _claims.Add(new AuditedTransfer(
        Samples.Key.ToString(), (written ?? (text => text))(hash.ToString()), Samples.Payer, Samples.Payee, 1_000, Samples.Nonce));

    private async Task<(int Faults, int Open, int Others)> CompareAsync()
    {
        var chain = new ScriptedChain
        {
            Receipt = _ =>
            {
                _receipts++;
                return _receipt;
            },
        };
        var audit = new ReverseAudit(chain, Samples.Token, _orders, _sales, new AuditAccounts([Samples.Payee], s_refunds), _faults);
        await audit.CompareAsync(_shown, _claims, CancellationToken.None);
        return (_faults.Count, audit.Open, audit.Others);
    }
}
