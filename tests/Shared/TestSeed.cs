using System.Globalization;

namespace Betar.Tests.Shared;

/// <summary>
/// Where random tests begin: the same place in every run, or where the variable says, which is how a failure is replayed
/// and how <c>./test --long</c> wanders.
/// </summary>
internal static class TestSeed
{
    public const string Variable = "BETAR_TEST_SEED";
    private const int Usual = 20_260_101;

    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Usual;
}
