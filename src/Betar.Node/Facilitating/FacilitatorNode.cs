using Betar.Ethereum;
using Betar.Grains.Hosting;
using Betar.Grains.Settlement;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Storage;
using Betar.Storage.Channels;
using Betar.Storage.Settlements;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Betar.X402.Schemes;
using Betar.X402.Schemes.Vault;
using Betar.X402.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Facilitating;

/// <summary>A running facilitator: judges payments of others and brings them onto one chain.</summary>
internal sealed class FacilitatorNode : IAsyncDisposable
{
    // Longer than any outage that a seller waits for: what was settled in the last moment before it can still be asked for.
    private static readonly TimeSpan s_keepBeyondEnd = TimeSpan.FromHours(24);

    private readonly NodeParts _parts = new();

    private FacilitatorNode()
    {
    }

    public ChainLink Chain { get; private set; } = null!;

    public IReadOnlyList<Address> Signers { get; private set; } = [];

    /// <summary>The names of the ways to pay that are served.</summary>
    public IReadOnlyList<string> Schemes { get; private set; } = [];

    public Uri Url { get; private set; } = null!;

    /// <summary>Fails when the disk has stopped the store's writer: nothing can be settled any more.</summary>
    public Task StoreStopped { get; private set; } = Task.CompletedTask;

    /// <exception cref="CliRefusedException">Something that it needs cannot be had; nothing is left open.</exception>
    public static async Task<FacilitatorNode> StartAsync(
        DataFolder folder, FacilitatorSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var node = new FacilitatorNode();
        try
        {
            await node.OpenAsync(folder, settings, context, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task OpenAsync(DataFolder folder, FacilitatorSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        // Two keepers of one account's nonces would be in each other's way.
        _parts.Own(NodeLock.Acquire(folder));
        SellerKeys keys = _parts.Own(SellerKeys.LoadOrCreate(new Wallets(folder, context.Environment), settings.Settlers));
        Chain = _parts.Own(await ChainOpener.OpenAsync(folder, settings.Network, context, cancellationToken));
        if (settings.Batch > 1)
            await RequireMulticallAsync(settings.Batch, cancellationToken);
        var accounts = new SettlementAccounts([.. keys.Settlers.Select(key => new SettlementAccount(Chain.Asset.Network, key))]);
        Signers = [.. keys.Settlers.Select(Address.FromKey)];
        BetarDatabase database = _parts.Own(BetarDatabase.Open(folder.Database, new BetarDatabaseOptions(), context.Time, context.Loggers));
        StoreStopped = database.Stopped;
        DurableSettlementBook book = await DurableSettlementBook.OpenAsync(database, new SettlementBookOptions(), context.Time, cancellationToken);
        SiloGroup silo = _parts.Own(await SiloGroup.StartAsync(
            $"betar-facilitator-{Signers[0]}", 1, (services, _) => Register(services, accounts, settings, context), context.Loggers, cancellationToken));

        IReadOnlyList<IPaymentScheme> schemes = await FindSchemesAsync(settings, new DurableChannelBook(database, context.Time), context, cancellationToken);
        Schemes = [.. schemes.Select(scheme => scheme.Name).Distinct()];
        KeptCatalog kept = _parts.Own(new KeptCatalog(new CatalogFile(folder.Catalog, context.Loggers.CreateLogger<CatalogFile>()), new CatalogOptions(), context.Time));
        var local = new LocalFacilitator(schemes, new SettlerChannel(silo.Grains, accounts), book, Policy(settings), context.Time);
        var facilitator = new LoggingFacilitator(new CatalogingFacilitator(local, kept.Catalog), context.Loggers.CreateLogger<LoggingFacilitator>());
        var endpoints = new FacilitatorEndpointOptions
        {
            Catalog = kept.Catalog, RequestsPerAddress = settings.PerMinute, MaxSettles = settings.MaxSettles, Limits = new WireLimits { MaxBodyLength = settings.MaxBody },
            Time = context.Time, Missing = new FacilitatorReadiness(Chain.Client, StoreStopped, context.Time).MissingAsync,
        };
        Url = _parts.Own(await FacilitatorServer.StartAsync(facilitator, settings, endpoints, context.Loggers, cancellationToken)).Url;
    }

    private async Task RequireMulticallAsync(int batch, CancellationToken cancellationToken)
    {
        try
        {
            if ((await Chain.Client.GetCodeAsync(Multicall3.StandardAddress, cancellationToken)).Length == 0)
                throw new CliRefusedException(ErrorCatalog.BadOptionValue.Refuse(
                    $"--batch {batch}: there is no multicall at {Multicall3.StandardAddress} of {Chain.Network}", "leave --batch away"));
        }
        catch (ChainUnavailableException silence)
        {
            throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"{Chain.Network}: {silence.Message}"));
        }
    }

    private async Task<IReadOnlyList<IPaymentScheme>> FindSchemesAsync(
        FacilitatorSettings settings, DurableChannelBook channels, NodeContext context, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<IPaymentScheme> schemes = await new FacilitatorSchemes(Chain, Signers, channels, context.Time).FindAsync(settings.Vault, cancellationToken);
            return settings.Vault is not { } vault || schemes.Any(scheme => scheme is VaultScheme)
                ? schemes
                : throw new CliRefusedException(ErrorCatalog.BadOptionValue.Refuse($"--vault {vault}: there is no contract at this address of {Chain.Network}"));
        }
        catch (ChainUnavailableException silence)
        {
            throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"{Chain.Network}: {silence.Message}"));
        }
    }

    private LocalFacilitatorOptions Policy(FacilitatorSettings settings) => new()
    {
        Networks = [Chain.Asset.Network], Signers = Signers, AllowedPayees = settings.Payees, PaymentsPerPayer = settings.PayerPerMinute, KeepBeyondEnd = s_keepBeyondEnd,
    };

    private void Register(IServiceCollection services, SettlementAccounts accounts, FacilitatorSettings settings, NodeContext context)
    {
        services.AddSingleton(context.Time);
        services.AddSingleton(Chain.Client);
        services.AddSingleton(accounts);
        services.AddSingleton(Chain.Fees);
        services.AddBetarSettlement();
        services.Configure<SettlementOptions>(options => (options.Confirmations, options.MaxBatch) = (Chain.Network.Confirmations, settings.Batch));
    }
}
