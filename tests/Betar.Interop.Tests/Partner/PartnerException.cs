namespace Betar.Interop.Tests.Partner;

/// <summary>What the partner could not do, with the name of its error.</summary>
internal sealed class PartnerException(string name, string message) : Exception($"{name}: {message}")
{
    public string Name { get; } = name;
}
