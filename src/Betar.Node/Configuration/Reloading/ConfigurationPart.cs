using System.Runtime.InteropServices;
using Betar.Agents.Secrets;
using Betar.Node.Composition;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Configuration.Reloading;

/// <summary>The node's configuration while it runs: where secrets come from, and how its agents are read again.</summary>
internal sealed partial class ConfigurationPart : INodePart
{
    private FleetControl? _control;

    public void Register(IServiceCollection services, SellerNode node)
    {
        services.AddSingleton<ISecretSource>(node.Options.Source?.Secrets ?? new NodeSecrets(node.Folder, node.Context.Environment));
        services.AddSingleton(node.Options.Executors);
        if (node.Options.Source is { } source)
            services.AddSingleton(source.Models.ToLlm());
    }

    public Task StartAsync(SellerNode node, NodeParts own, CancellationToken cancellationToken)
    {
        own.Own(ControlOf(node));
        if (node.Options.Source is not null)
            own.Own(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => OnSignal(signal, node)));
        return Task.CompletedTask;
    }

    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => ControlOf(node).Handlers;

    private FleetControl ControlOf(SellerNode node) => _control ??= new FleetControl(node);

    private void OnSignal(PosixSignalContext signal, SellerNode node)
    {
        signal.Cancel = true;
        _ = ReloadAsync(ControlOf(node), node.Context.Loggers.CreateLogger<ConfigurationPart>());
    }

    private static async Task ReloadAsync(FleetControl control, ILogger log)
    {
        try
        {
            ControlAnswer answer = await control.ReloadAsync();
            if (answer.Refusal is { } refusal)
                LogRefused(log, refusal.Sentence);
            else
                LogReloaded(log);
        }
#pragma warning disable CA1031 // Nobody waits for a signal's end: whatever goes wrong is told here or nowhere.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFailed(log, fault);
        }
    }
}
