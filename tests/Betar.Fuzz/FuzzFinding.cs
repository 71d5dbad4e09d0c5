namespace Betar.Fuzz;

/// <summary>An input that a parser does not stand, and how to see it again.</summary>
internal sealed record FuzzFinding(string Target, int Seed, long Round, byte[] Input, string What)
{
    public override string ToString() =>
        $"{Target}, seed {Seed}, round {Round}: {What}\ninput: {Convert.ToHexString(Input)}";
}
