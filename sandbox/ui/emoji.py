"""The shortcodes people and bots use most, as the characters a browser draws."""

from collections.abc import Mapping
from types import MappingProxyType

_PAIRS = """
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|point_right 👉
point_left 👈|point_up ☝️|point_down 👇|ok_hand 👌|handshake 🤝|writing_hand ✍️|eyes 👀|brain 🧠
heart ❤️|blue_heart 💙|green_heart 💚|yellow_heart 💛|purple_heart 💜|orange_heart 🧡
sparkling_heart 💖|broken_heart 💔|smile 😄|smiley 😃|grinning 😀|grin 😁|blush 😊
slightly_smiling_face 🙂|wink 😉|joy 😂|rofl 🤣|sweat_smile 😅|laughing 😆|heart_eyes 😍|thinking_face 🤔
neutral_face 😐|confused 😕|worried 😟|cry 😢|sob 😭|disappointed 😞|relieved 😌|hugging_face 🤗
sunglasses 😎|zzz 💤|sleeping 😴|nerd_face 🤓|partying_face 🥳|star-struck 🤩|tada 🎉|confetti_ball 🎊
balloon 🎈|gift 🎁|birthday 🎂|trophy 🏆|medal 🏅|sports_medal 🏅|first_place_medal 🥇|star ⭐|star2 🌟
sparkles ✨|dizzy 💫|fire 🔥|rocket 🚀|zap ⚡|boom 💥|100 💯|white_check_mark ✅|heavy_check_mark ✔️
ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫|warning ⚠️|question ❓|exclamation ❗
bangbang ‼️|information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬
thought_balloon 💭|email 📧|envelope ✉️|incoming_envelope 📨|calendar 📅|date 📅
spiral_calendar_pad 🗓️|clock1 🕐|clock3 🕒|clock9 🕘|clock10 🕙|alarm_clock ⏰|hourglass ⌛
hourglass_flowing_sand ⏳|stopwatch ⏱️|watch ⌚|memo 📝|pencil 📝|pencil2 ✏️|book 📖|books 📚
notebook 📓|clipboard 📋|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|lock 🔒|unlock 🔓|key 🔑|mag 🔍
gear ⚙️|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|package 📦|file_folder 📁
chart_with_upwards_trend 📈|bar_chart 📊|computer 💻|phone 📞|telephone_receiver 📞|video_camera 📹
camera 📷|house 🏠|office 🏢|earth_africa 🌍|earth_americas 🌎|world_map 🗺️|compass 🧭|sunrise 🌅
sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|rainbow 🌈|seedling 🌱|herb 🌿|four_leaf_clover 🍀
deciduous_tree 🌳|evergreen_tree 🌲|palm_tree 🌴|cactus 🌵|sunflower 🌻|tulip 🌷|rose 🌹|bouquet 💐
cherry_blossom 🌸|maple_leaf 🍁|coffee ☕|tea 🍵|pizza 🍕|cake 🍰|cookie 🍪|apple 🍎|beers 🍻
clinking_glasses 🥂|champagne 🍾|dart 🎯|checkered_flag 🏁|triangular_flag_on_post 🚩|art 🎨
musical_note 🎵|soccer ⚽|game_die 🎲|jigsaw 🧩|puzzle_piece 🧩|bug 🐛|bee 🐝|butterfly 🦋|owl 🦉|cat 🐱
dog 🐶|unicorn_face 🦄|robot_face 🤖|ghost 👻|busts_in_silhouette 👥|bust_in_silhouette 👤
people_hugging 🫂|two_men_holding_hands 👬|raised_hand ✋|hand 🤚|v ✌️|crossed_fingers 🤞
call_me_hand 🤙|the_horns 🤘|new 🆕|free 🆓|ok 🆗|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️
arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁|fast_forward ⏩|rewind ⏪|arrow_forward ▶️
double_vertical_bar ⏸️|heavy_plus_sign ➕|heavy_minus_sign ➖|red_circle 🔴|large_blue_circle 🔵
large_green_circle 🟢|large_yellow_circle 🟡|white_circle ⚪|black_circle ⚫|one 1️⃣|two 2️⃣
three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|mortar_board 🎓|school 🏫|airplane ✈️|car 🚗|bike 🚲
runner 🏃|walking 🚶|bow 🙇|raising_hand 🙋|shrug 🤷|facepalm 🤦|sos 🆘|shield 🛡️|money_with_wings 💸
"""

EMOJI: Mapping[str, str] = MappingProxyType(
    dict(pair.rsplit(" ", 1) for line in _PAIRS.split("\n") for pair in line.split("|") if pair)
)


def emoji(shortcode: str) -> str | None:
    """The character for `tada` (no colons, skin tones dropped), or None for a shortcode not known here."""
    found = EMOJI.get(shortcode.partition("::")[0])
    # Older characters are drawn in black and white unless the picture is asked for.
    return f"{found}\ufe0f" if found and len(found) == 1 and ord(found) < 0x1F000 else found
