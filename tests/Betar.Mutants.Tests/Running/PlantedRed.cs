namespace Betar.Mutants.Tests.Running;

#pragma warning disable xUnit1000 // Only the host, which asks for it by name, may find it.

internal sealed class PlantedRed
{
    [Fact]
    public void Is_red_for_the_host() => Assert.Fail("planted");
}
