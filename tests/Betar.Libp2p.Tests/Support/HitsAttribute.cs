namespace Betar.Libp2p.Tests.Support;

/// <summary>The test hits these limits and looks at the count; the table of all limits is compared with what stands here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HitsAttribute(params string[] limits) : Attribute
{
    public IReadOnlyList<string> Limits => limits;
}
