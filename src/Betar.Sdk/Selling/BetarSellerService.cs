using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Grains.Abstractions.Conversations;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Http.Streaming;
using Betar.Node.Peering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Sdk.Selling;

/// <summary>Runs the seller as long as the program's host runs. What it cannot have is an exception that ends the start, with its code and what to do.</summary>
internal sealed class BetarSellerService(
    BetarSellerBuilder sold, IOptions<BetarSellerOptions> options, BetarSeller seller, TimeProvider time, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private SellerNode? _node;
    private ControlServer? _control;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        DataFolder folder = DataFolder.Resolve(options.Value.DataFolder, Environment.GetEnvironmentVariable);

        // What `betar logs` asks for; the program's own log has it all the same.
        using var log = new LogFeed(loggers, time) { Ring = new LogRing(new LogRingOptions(), time) };
        _node = await SellerNode.StartAsync(folder, Read(folder, options.Value), new NodeContext(time, log, Environment.GetEnvironmentVariable), cancellationToken);
        _control = (await ControlServer.StartAsync(folder, new NodeControl(_node).Handlers, log.CreateLogger<ControlServer>(), cancellationToken, _node.StreamedHandlers)).OrThrow();
        seller.PeerId = _node.Identity.PeerId;
        seller.Addresses = [.. _node.Addresses.Select(address => address.ToString())];
        seller.Agents = _node.Offers.All.ToDictionary(spec => spec.Name, spec => spec.AgentId, StringComparer.Ordinal);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_control is { } control)
            await control.DisposeAsync();
        _control = null;
        if (_node is { } node)
            await node.DisposeAsync();
        _node = null;
    }

    private SellerOptions Read(DataFolder folder, BetarSellerOptions options)
    {
        Checked<ChainNetwork> network = NetworksFile.Find(folder, options.Network);
        return new SellerOptions
        {
            Agents = [.. sold.Agents.Select(Declare)],
            Network = network.OrThrow(),
            Silos = options.Silos is >= 1 and <= UpOptions.MaxSilos ? options.Silos : throw new ArgumentException($"Silos {options.Silos} is not within 1 to {UpOptions.MaxSilos}."),
            Listen = options.Listen.Count == 0 ? [Multiaddr.Parse("/ip4/127.0.0.1/tcp/0")]
                : [.. options.Listen.Select(address => UpOptions.ReadListen(nameof(BetarSellerOptions.Listen), address).OrThrow())],
            Finding = new NetworkOptions
            {
                Bootstrap = [.. options.Bootstrap.Select(address => UpOptions.ReadBootstrap(nameof(BetarSellerOptions.Bootstrap), address).OrThrow())],
                Mdns = options.Mdns,
                MdnsService = NetworkOptions.DefaultService,
                Exchange = true,
                Remembered = true,
            },
            Fund = [.. options.Fund.Select(text => UpOptions.ReadFund(nameof(BetarSellerOptions.Fund), text).OrThrow())],
            Parts = [new HandlersPart(sold.Agents)],
        };
    }

    private static AgentDeclaration Declare(SoldAgent agent) => new()
    {
        Name = agent.Name,
        Description = agent.Options.Description,
        Price = agent.Price,
        PayTo = agent.Options.PayTo is { } payee ? Address.Parse(payee) : null,
        Executor = new ExecutorDeclaration("dotnet", agent.Name, agent.Options.Idempotent ? """{"idempotent":true}""" : "{}"),
        MayRetry = agent.Options.Idempotent,
        Skills = [.. agent.Options.Skills],
        Concurrency = agent.Options.Concurrency,
        Queue = agent.Options.Queue,
        TimeoutSeconds = agent.Options.TimeoutSeconds,
        Memory = new MemoryPolicy(agent.Options.MemoryTurns, 0),
        HirePerTask = agent.HirePerTask,
        HirePerDay = agent.HirePerDay,
    };
}
