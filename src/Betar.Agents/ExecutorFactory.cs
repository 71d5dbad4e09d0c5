using System.Text.Json.Serialization.Metadata;
using Betar.Agents.Builtin;
using Betar.Agents.Configuration;
using Betar.Agents.DotNet;
using Betar.Agents.Http;
using Betar.Agents.Llm;
using Betar.Agents.Mcp;
using Betar.Agents.Processes;
using Microsoft.Extensions.AI;

namespace Betar.Agents;

/// <summary>Makes the executors of every kind.</summary>
public sealed class ExecutorFactory : IExecutorFactory, IDisposable
{
    private readonly ExecutorOptions _options;
    private readonly ExecutorTools _tools;
    private readonly GuardedHttp _http;

    public ExecutorFactory(ExecutorOptions options, ExecutorTools? tools = null)
        : this(options, tools ?? new ExecutorTools(), new GuardedHttp())
    {
    }

    internal ExecutorFactory(ExecutorOptions options, ExecutorTools tools, GuardedHttp http)
    {
        _options = options;
        _tools = tools;
        _http = http;
    }

    public static IReadOnlyList<string> BuiltinNames { get; } = [EchoExecutor.Name, MathExecutor.Name, TimeExecutor.Name, HashExecutor.Name];

    public IReadOnlyList<ExecutorFault> Check(ExecutorSpec spec)
    {
        IReadOnlyList<ExecutorFault> faults = ExecutorKinds.All.Contains(spec.Kind) ? ExecutorSettings.Check(spec.Kind, spec.Config) : [];
        if (faults.Count > 0)
            return faults;
        bool named = spec.Kind switch
        {
            ExecutorKinds.Builtin => BuiltinNames.Contains(spec.Target),
            ExecutorKinds.DotNet => _tools.Handlers.Find(spec.Target) is not null,
            _ => ExecutorKinds.All.Contains(spec.Kind),
        };
        return named ? [] : [new ExecutorFault("", $"there is no executor '{spec.Kind}: {spec.Target}'")];
    }

    public IExecutor? Create(ExecutorSpec spec) => Check(spec).Count > 0 ? null : new BoundedExecutor(Make(spec), _options);

    public bool CanCondense(string kind) => kind == ExecutorKinds.Llm;

    public void Dispose() => _http.Dispose();

    private IExecutor Make(ExecutorSpec spec) => spec.Kind switch
    {
        ExecutorKinds.Http => new HttpExecutor(Read(spec, ExecutorJson.Default.HttpSettings), _http, _tools),
        ExecutorKinds.Process => Program(Read(spec, ExecutorJson.Default.ProcessSettings)),
        ExecutorKinds.DotNet => new DotNetExecutor(_tools.Handlers.Find(spec.Target)!, Read(spec, ExecutorJson.Default.DotNetSettings)),
        ExecutorKinds.Builtin => Builtin(spec),
        ExecutorKinds.Mcp => Tool(Read(spec, ExecutorJson.Default.McpSettings)),
        ExecutorKinds.Llm => Model(Read(spec, ExecutorJson.Default.LlmSettings), spec.Description),
        _ => throw new ArgumentException("There is no such kind of executor.", nameof(spec)),
    };

    private McpExecutor Tool(McpSettings settings) => new(settings, new ToolServer(settings.Server, settings.AllowPrivate, _http, _tools));

    private LlmExecutor Model(LlmSettings settings, string description)
    {
        Func<ModelEndpoint, IChatClient> models = _tools.Models ?? (endpoint => new OpenAiChatClient(endpoint, _http.Bounded(endpoint.AllowPrivate, settings.MaxAnswerBytes, ExecutionCodes.LimitReached), _tools));
        ModelRoute[] routes =
        [
            .. new[] { settings.First, settings.Fallback }.OfType<ModelSettings>()
                .Select(model => ModelRouting.Find(model, _tools.Llm, settings.AllowPrivate)).OfType<ModelEndpoint>()
                .Select(endpoint => new ModelRoute(endpoint, settings, models, _tools.Time)),
        ];
        return new LlmExecutor(settings, description, routes, new ToolBox([.. settings.Tools.Select(server => new ToolServer(server, settings.AllowPrivate, _http, _tools))]));
    }

    private IExecutor Program(ProcessSettings settings) => settings.Mode == ProcessSettings.WorkerMode
        ? new WorkerExecutor(settings, _options, _tools)
        : new TaskProcessExecutor(settings, _options, _tools);

    private IExecutor Builtin(ExecutorSpec spec) => spec.Target switch
    {
        EchoExecutor.Name => new EchoExecutor(),
        MathExecutor.Name => new MathExecutor(_options),
        TimeExecutor.Name => new TimeExecutor(_tools.Time),
        _ => new HashExecutor(Read(spec, ExecutorJson.Default.BuiltinSettings)),
    };

    private static T Read<T>(ExecutorSpec spec, JsonTypeInfo<T> type) => ExecutorSettings.Read(spec.Config, type);
}
