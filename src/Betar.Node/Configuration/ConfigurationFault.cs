using Betar.Node.Errors;

namespace Betar.Node.Configuration;

/// <summary>One thing that is wrong in a configuration file, and where.</summary>
internal sealed record ConfigurationFault(ErrorEntry Error, long Line, long Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}
