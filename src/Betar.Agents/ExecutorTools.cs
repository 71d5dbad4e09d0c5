using Betar.Agents.DotNet;
using Betar.Agents.Llm;
using Betar.Agents.Secrets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Agents;

/// <summary>What the node lends to its executors.</summary>
public sealed record ExecutorTools
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ISecretSource Secrets { get; init; } = new EnvironmentSecrets();

    public DotNetHandlers Handlers { get; init; } = new();

    /// <summary>What the node has for agents that name no model or key of their own.</summary>
    public LlmDefaults Llm { get; init; } = new();

    /// <summary>Makes the client of an endpoint; null: one that speaks OpenAI's language.</summary>
    public Func<ModelEndpoint, IChatClient>? Models { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
