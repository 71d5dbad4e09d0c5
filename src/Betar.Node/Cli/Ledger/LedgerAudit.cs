using Betar.Ethereum;
using Betar.Grains.Settlement.Audit;
using Betar.Node.Cli.Wallets;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Storage.Ledger;
using Betar.Storage.WebSales;
using Betar.X402;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Cli.Ledger;

/// <summary>Compares a folder's ledger with each chain that its entries are on.</summary>
internal static class LedgerAudit
{
    public static async Task<Checked<IReadOnlyList<(NetworkId Network, AuditReport Report)>>> RunAsync(
        CommandContext context, ILedger ledger, IReadOnlyList<WebSale> sales, CancellationToken cancellation)
    {
        var accounts = Accounts(context);
        if (!accounts.IsOk)
            return accounts.Refusal;
        var totals = await ledger.TotalsAsync(cancellation);
        var reports = new List<(NetworkId, AuditReport)>();
        foreach (var network in totals.Assets.Select(asset => asset.Network).Union(sales.Select(sale => sale.Sale.Payment.Network)).Union(LedgerChains.OfFolder(context)))
        {
            var opened = await LedgerChains.OpenAsync(context, network, new NodeContext(context.Time, NullLoggerFactory.Instance, context.Environment), cancellation);
            if (!opened.IsOk)
                return opened.Refusal;
            await using var chain = opened.Value;
            try
            {
                reports.Add((network, await AuditAsync(ledger, chain, accounts.Value, sales, cancellation)));
            }
            catch (ChainUnavailableException silence)
            {
                return ErrorCatalog.ChainUnreachable.Refuse($"{chain.Network} stopped answering: {silence.Message}") with { Cause = silence };
            }
            finally
            {
                await chain.StopAsync();
            }
        }

        return reports;
    }

    public static Task<AuditReport> AuditAsync(ILedger ledger, ChainLink chain, AuditAccounts accounts, IReadOnlyList<WebSale> sales, CancellationToken cancellation) =>
        new ChainAudit(ledger, chain.Client, chain.Asset, accounts, new AuditOptions { FromBlock = chain.Faucet is null ? null : 0 }, Of(sales, chain)).RunAsync(cancellation);

    private static IReadOnlyList<AuditedSale> Of(IReadOnlyList<WebSale> sales, ChainLink chain) =>
    [
        .. sales.Where(one => one.Sale.Payment.Network == chain.Asset.Network && one.Sale.Money.Token == chain.Asset.Address).Select(one => new AuditedSale(
            one.Sale.Payment, one.Sale.Payee, one.Sale.Money.Amount.Units, one.Sale.Transaction, one.Sale.Payment.Asset != one.Sale.Money.Token, one.GoesBack.Units, one.PaidBack,
            one.IsConserved)),
    ];

    private static Checked<AuditAccounts> Accounts(CommandContext context)
    {
        var wallets = WalletArguments.Of(context);
        var known = wallets.List();
        var refunds = AddressOf(wallets, known, SellerKeys.RefundName);
        if (!refunds.IsOk)
            return refunds.Refusal;
        var payee = AddressOf(wallets, known, SellerKeys.Wallet);
        return new AuditAccounts(payee.IsOk ? [payee.Value] : [], refunds.Value);
    }

    /// <summary>What the key file names; only an old one has to be opened for it.</summary>
    private static Checked<Address> AddressOf(Folder.Wallets wallets, IReadOnlyList<WalletEntry> known, string name)
    {
        if (known.FirstOrDefault(wallet => wallet.Name == name) is not { } entry)
            return ErrorCatalog.WalletUnknown.Refuse($"There is no {name} account in the folder's keystore, so its transfers cannot be told from others");
        if (entry.Address is { } address)
            return address;
        var key = wallets.Load(name);
        if (!key.IsOk)
            return key.Refusal;
        using var opened = key.Value;
        return Address.FromKey(opened);
    }
}
