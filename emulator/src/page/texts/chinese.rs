use tuya_auth::DataCenter;

use super::Texts;
use crate::page::{account::Mistake, scan::Progress, stop::Stop};

pub(in crate::page) const CHINESE: Texts = Texts {
    tag: "zh-Hans",
    cloud: "本地涂鸦云",
    footer: "本页面由本地模拟器提供，并非涂鸦云。",
    language: "语言",
    place,

    log_in: "登录",
    log_in_to: |app| format!("登录 {app}"),
    ways: "登录方式",
    by_password: "密码登录",
    by_qr: "扫码登录",
    account: "账号",
    password: "密码",
    mistake,

    qr_image: "下方链接的二维码",
    qr_steps: "请用手机扫描二维码，并在手机上确认。确认后本页面会自动继续。",
    qr_link: "通过链接打开手机页面",
    progress: |progress| match progress {
        Progress::Waiting => "等待手机扫码。",
        Progress::Scanned => "已扫码，请在手机上确认。",
        Progress::Confirmed(_) => "已确认，正在继续。",
        Progress::Cancelled => "已在手机上取消。如需重试，请获取新的二维码。",
        Progress::Expired => "二维码已过期，请获取新的二维码。",
    },
    go_on: "继续",
    fresh_code: "获取新的二维码",

    phone_log_in: |app| format!("本页面代替您手机上的应用 {app}，只需登录一次。"),
    phone_title: "确认登录",
    phone_question: "要在另一个屏幕上登录吗？",
    phone_warning: "仅当二维码显示在您自己的屏幕上，且由您刚刚打开时，才可确认。项目可使用的权限将在该屏幕上另行询问。",
    phone_confirm: "确认登录",
    phone_cancel: "取消",
    phone_log_out: "使用其他账号",
    phone_confirmed: "已确认登录",
    phone_confirmed_next: "请在另一个屏幕上继续操作。本页面可以关闭。",
    phone_cancelled: "已取消登录",
    phone_cancelled_next: "没有账号登录。本页面可以关闭。",

    consent_title: "允许访问吗？",
    allow: |project| format!("允许 {project} 访问吗？"),
    would_be_able: "确认后，该项目可以",
    reads_devices: "查看您的设备、设备名称和上报的数据",
    controls_devices: "控制您的设备",
    user_package: "以上属于用户权限包：仅涉及您的设备，不涉及项目的其他数据。",
    user_package_missing: "该项目没有用户权限包。在获得该权限包之前，云端会拒绝其调用（1106）。",
    confirm: "确认授权",
    refuse: "拒绝",
    password_stays: "您的密码不会离开本页面。",
    app: "应用",
    project: "项目",
    data_center: "数据中心",
    leads_to: "随后前往",

    stopped: "无法继续",
    stop,
};

/// The platform's Chinese names.
const fn name(data_center: DataCenter) -> &'static str {
    match data_center {
        DataCenter::China => "中国",
        DataCenter::WesternAmerica => "美国西部",
        DataCenter::EasternAmerica => "美国东部",
        DataCenter::CentralEurope => "中欧",
        DataCenter::WesternEurope => "西欧",
        DataCenter::India => "印度",
        DataCenter::Singapore => "新加坡",
    }
}

fn place(data_center: DataCenter) -> String {
    format!("{}（{}）", name(data_center), data_center.code())
}

fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::PasswordWrong => "账号或密码错误。".to_owned(),
        Mistake::Elsewhere { home, here } => {
            format!("该账号属于数据中心{}，而本页面属于{}。请返回并选择{}。", place(*home), place(*here), name(*home))
        }
        Mistake::OtherApp { own, asked } => format!("该账号是在 {own} 中注册的，此处只能登录 {asked} 的账号。"),
    }
}

fn stop(stop: Stop) -> String {
    match stop {
        Stop::PathInvalid => "没有这个页面。",
        Stop::QueryMalformed => "链接中的参数重复或无法解码。",
        Stop::ParameterMissing(name) => return format!("链接中缺少参数 {name}。"),
        Stop::ResponseTypeInvalid => "response_type 只能是 code。",
        Stop::StateTooLong => "state 超过了 512 字节。",
        Stop::ClientUnknown => "没有任何授权使用此 client ID。",
        Stop::ProjectUnknown => "此 client ID 所属的项目已不存在。",
        Stop::ClientNotConfigured => "此 client ID 不是项目 OAuth 2.0 配置中的那一个，该配置须使用应用授权的密钥。",
        Stop::LoginDisabled => "该项目未启用登录授权。",
        Stop::CallbackMissing(data_center) => {
            return format!("该项目没有为{}配置回调地址。", place(data_center));
        }
        Stop::CallbackMismatch(data_center) => {
            return format!("redirect_uri 与该项目为{}配置的回调地址不完全一致。", place(data_center));
        }
        Stop::FormMalformed => "无法读取表单。",
        Stop::FormTokenInvalid => "此表单并非由本页面生成，请重新打开页面。",
        Stop::LoginOver => "本次登录已结束。请返回应用重新开始。",
        Stop::LoginPassed => "此处已有账号登录。请返回应用重新开始。",
        Stop::LoginMissing => "请先登录。",
        Stop::LoginOfAnotherBrowser => "本次登录不是在此浏览器中开始的，或其 Cookie 被阻止。请返回应用重新开始。",
        Stop::TooManyPasswords => "尝试次数过多。请返回应用重新开始。",
        Stop::ScanOver => "此二维码已被使用或已过期。请在另一个屏幕上获取新的二维码。",
        Stop::ScanOfAnotherPhone => {
            "此二维码已被另一部手机扫描，或此浏览器的 Cookie 被阻止。请在另一个屏幕上获取新的二维码。"
        }
        Stop::Unavailable => "云端无法读取自身的状态。",
    }
    .to_owned()
}
