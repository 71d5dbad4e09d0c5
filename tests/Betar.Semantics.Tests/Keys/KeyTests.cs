namespace Betar.Semantics.Tests.Keys;

[Collection("calls")]
public sealed class KeyTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with space, слово, 💶 and \"quotes\"")]
    [InlineData("eip155:84532/0xabc/0xdef/0x01")]
    [InlineData("a+b/c?d#e%20")]
    public async Task A_string_key_arrives_as_it_was_given(string text) =>
        Assert.Equal($"{Key}/{text}", await Grains.GetGrain<IStringKeyGrain>($"{Key}/{text}").Key());

    [Fact]
    public async Task A_long_string_key_arrives_whole()
    {
        var key = Key + new string('k', 1000);
        Assert.Equal(key, await Grains.GetGrain<IStringKeyGrain>(key).Key());
    }

    [Fact]
    public async Task A_guid_key_arrives()
    {
        var key = Guid.NewGuid();
        Assert.Equal(key, await Grains.GetGrain<IGuidKeyGrain>(key).Key());
        Assert.Equal(Guid.Empty, await Grains.GetGrain<IGuidKeyGrain>(Guid.Empty).Key());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task An_integer_key_arrives(long key) =>
        Assert.Equal(key, await Grains.GetGrain<IIntegerKeyGrain>(key).Key());

    [Fact]
    public void A_reference_knows_its_key()
    {
        var guid = Guid.NewGuid();
        Assert.Equal(Key, Grains.GetGrain<IStringKeyGrain>(Key).GetPrimaryKeyString());
        Assert.Equal(guid, Grains.GetGrain<IGuidKeyGrain>(guid).GetPrimaryKey());
        Assert.Equal(-7, Grains.GetGrain<IIntegerKeyGrain>(-7).GetPrimaryKeyLong());
    }

    [Fact]
    public async Task One_key_is_one_activation_and_another_key_is_another()
    {
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key).Count());
        Assert.Equal(2, await Grains.GetGrain<IStringKeyGrain>(Key).Count());
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key + "/other").Count());
    }

    [Fact]
    public async Task Keys_differ_by_letter_case()
    {
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key + "/a").Count());
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key + "/A").Count());
    }

    [Fact]
    public async Task Two_interfaces_of_a_class_reach_one_activation()
    {
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key).Count());
        Assert.Equal(2, await Grains.GetGrain<ISecondFaceGrain>(Key).CountBySecondFace());
        Assert.Equal(3, await Grains.GetGrain<IStringKeyGrain>(Key).AsReference<ISecondFaceGrain>().CountBySecondFace());
    }

    [Fact]
    public void References_to_one_grain_are_equal()
    {
        var one = Grains.GetGrain<IStringKeyGrain>(Key);
        var same = Grains.GetGrain<IStringKeyGrain>(Key);
        var other = Grains.GetGrain<IStringKeyGrain>(Key + "/other");
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task A_grain_id_survives_its_text()
    {
        var id = Grains.GetGrain<IStringKeyGrain>(Key).GetGrainId();
        var parsed = GrainId.Parse(id.ToString());
        Assert.Equal(id, parsed);
        Assert.Equal(id.GetHashCode(), parsed.GetHashCode());
        Assert.Equal(Key, parsed.Key.ToString());
        Assert.Equal(Key, await Grains.GetGrain<IStringKeyGrain>(parsed).Key());
    }

    [Fact]
    public void The_type_part_of_an_id_is_the_class_name_in_lower_case_without_grain() =>
        Assert.Equal("stringkey", Grains.GetGrain<IStringKeyGrain>(Key).GetGrainId().Type.ToString());

    [Fact]
    public void A_grain_is_found_by_interface_type_at_run_time()
    {
        var reference = Grains.GetGrain(typeof(IStringKeyGrain), Key);
        Assert.Equal(Grains.GetGrain<IStringKeyGrain>(Key).GetGrainId(), reference.GetGrainId());
        Assert.IsType<IStringKeyGrain>(reference, exactMatch: false);
    }

    [Fact]
    public void An_interface_without_a_class_is_refused() =>
        Assert.Throws<ArgumentException>(() => Grains.GetGrain<INobodyGrain>(Key));

    [Fact]
    public void A_null_or_empty_string_key_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Grains.GetGrain<IStringKeyGrain>((string)null!));
        Assert.ThrowsAny<ArgumentException>(() => Grains.GetGrain<IStringKeyGrain>(""));
    }
}
