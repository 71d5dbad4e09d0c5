namespace Betar.Agents.DotNet;

/// <summary>Settings of a handler of the host application.</summary>
internal sealed record DotNetSettings
{
    /// <summary>True: the handler promises that the same task twice does no harm.</summary>
    public bool Idempotent { get; set; }
}
