using Betar.Node.Cli;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>What every node of this process shares with it.</summary>
internal sealed record NodeContext(TimeProvider Time, ILoggerFactory Loggers, EnvironmentVariables Environment);
